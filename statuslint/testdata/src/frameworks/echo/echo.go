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
