package handlers

import (
	"net/http"

	"github.com/labstack/echo/v5"
)

func wrong(c *echo.Context) error {
	if c.Request().Method != "GET" {
		return c.NoContent(http.StatusMethodNotAllowed) // want `S-405-allow`
	}
	return echo.ErrUnauthorized // want `S-401-carrier`
}

func right(c *echo.Context) error {
	if c.Request().Method != "GET" {
		c.Response().Header().Set("Allow", "GET")
		return c.NoContent(http.StatusMethodNotAllowed)
	}
	c.Response().Header().Set("WWW-Authenticate", "Bearer")
	return echo.NewHTTPError(http.StatusUnauthorized, "log in")
}

func noReturn(c *echo.Context) error {
	if c.Request().Method != "GET" {
		c.JSON(http.StatusBadRequest, "use GET") // want `S-error-no-return`
	}
	return c.JSON(http.StatusOK, "there")
}
