package interop

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/labstack/echo/v5"
	"github.com/labstack/echo/v5/middleware"
	"github.com/stretchr/testify/assert"

	"example.com/httpstatus"
)

func newEcho() *echo.Echo {
	e := echo.New()
	e.Use(middleware.Recover(), middleware.BodyLimit(64))
	e.GET("/users/:id", func(c *echo.Context) error {
		switch c.Param("id") {
		case "404":
			return echo.NewHTTPError(http.StatusNotFound, "no user with ID 404")
		case "panic":
			panic("secret")
		case "json":
			return c.JSON(http.StatusConflict, map[string]any{"code": "name_taken", "message": "The name is taken."})
		case "text":
			return c.String(http.StatusConflict, "The name is taken.")
		case "html":
			return c.HTML(http.StatusConflict, "<html><head><title>Name taken</title></head></html>")
		}
		return errors.New("pq: no connection")
	})
	e.POST("/users", func(c *echo.Context) error {
		var user struct {
			Email string `json:"email"`
			Age   int    `json:"age"`
		}
		if err := c.Bind(&user); err != nil {
			return err
		}
		return c.NoContent(http.StatusCreated)
	})
	return e
}

func TestDecodeEcho(t *testing.T) {
	decodeAll(t, newEcho(), []foreign{
		{name: "no route", request: "GET /nowhere", status: 404, message: "Not Found"},
		{name: "method", request: "DELETE /users", status: 405, message: "Method Not Allowed",
			also: func(t *testing.T, e *httpstatus.Error) {
				assert.Empty(t, e.MissingHeaders(), "it names the methods that it allows")
			}},
		{name: "not found", request: "GET /users/404", status: 404, message: "no user with ID 404"},
		{name: "unknown error", request: "GET /users/1", status: 500, message: "Internal Server Error"},
		{name: "panic", request: "GET /users/panic", status: 500, message: "Internal Server Error"},
		{name: "not JSON", request: `POST /users {"email":`, status: 400, message: "Bad Request"},
		{name: "wrong type", request: `POST /users {"age":"old"}`, status: 400, message: "Bad Request"},
		{name: "media type", request: `POST /users x`, contentType: "text/plain", status: 415, message: "Unsupported Media Type"},
		{name: "too large", request: `POST /users {"email":"` + strings.Repeat("x", 100) + `"}`, status: 413, message: "Request Entity Too Large"},
		{name: "own JSON", request: "GET /users/json", status: 409, code: "name_taken", message: "The name is taken."},
		{name: "text", request: "GET /users/text", status: 409, message: "The name is taken."},
		{name: "HTML", request: "GET /users/html", status: 409, message: "Name taken"},
	})
}

// In development many have echo send the text of the error beside its own
// message. The name of that member is where our format and OAuth have the code,
// so it is taken for one.
func TestDecodeEchoExposed(t *testing.T) {
	e := newEcho()
	e.HTTPErrorHandler = echo.DefaultHTTPErrorHandler(true)
	decodeAll(t, e, []foreign{
		{name: "unknown error", request: "GET /users/1", status: 500, code: "pq: no connection", message: "Internal Server Error"},
		{name: "no route", request: "GET /nowhere", status: 404, message: "Not Found"},
		{name: "a message of one's own", request: "GET /users/404", status: 404, message: "no user with ID 404"},
	})
}
