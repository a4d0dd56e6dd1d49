package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

func wrong(c echo.Context) error {
	if c.Request().Method != "GET" {
		return c.NoContent(http.StatusMethodNotAllowed) // want `S-405-allow`
	}
	return c.JSON(http.StatusUnauthorized, "log in") // want `S-401-challenge`
}

func asError(c echo.Context) error {
	return echo.NewHTTPError(http.StatusUnauthorized, "log in") // want `S-401-carrier`
}

func right(c echo.Context) error {
	if c.Request().Method != "GET" {
		c.Response().Header().Set("Allow", "GET")
		return c.NoContent(http.StatusMethodNotAllowed)
	}
	c.Response().Header().Set("WWW-Authenticate", "Bearer")
	return echo.NewHTTPError(http.StatusUnauthorized, "log in")
}

func tricky(c echo.Context) error {
	h := c.Response().Header()
	h.Set("WWW-Authenticate", "Bearer")
	if c.Request().Method == "HEAD" {
		return c.NoContent(http.StatusUnauthorized)
	}
	return c.Redirect(http.StatusSeeOther, "/login")
}

func value(c echo.Context) error {
	if c.Request().Header.Get("Authorization") == "" {
		return echo.ErrUnauthorized // want `S-401-carrier`
	}
	return echo.ErrForbidden
}

func valueRight(c echo.Context) error {
	c.Response().Header().Set("WWW-Authenticate", "Bearer")
	return echo.ErrUnauthorized
}

// Neither is returned, and so the handler goes on.
func noReturn(c echo.Context) error {
	var v struct{ Name string }
	if err := c.Bind(&v); err != nil {
		c.JSON(http.StatusBadRequest, "cannot read") // want `S-error-no-return: JSON is not followed by a return, and the function goes on to write to the same response: it sends 400 \(Bad Request\), sends 200 \(OK\)`
	}
	if v.Name == "" {
		c.NoContent(http.StatusBadRequest) // want `S-error-no-return`
	}
	return c.JSON(http.StatusOK, v)
}

func late(c echo.Context) error {
	err := c.String(http.StatusOK, "there")
	c.Response().Header().Set("X-Seen", "1") // want `S-late-header`
	return err
}

func bound(c echo.Context) error {
	var v struct{ Name string }
	if err := c.Bind(&v); err != nil {
		return c.JSON(http.StatusInternalServerError, "cannot read") // want `S-5xx-for-input`
	}
	return c.NoContent(http.StatusNoContent)
}
