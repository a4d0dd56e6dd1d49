// Package handlers has an error handler of its own, which knows the challenge.
package handlers

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"
)

func handleError(err error, c echo.Context) {
	code := http.StatusInternalServerError
	var he *echo.HTTPError
	if errors.As(err, &he) {
		code = he.Code
	}
	if code == http.StatusUnauthorized {
		c.Response().Header().Set("WWW-Authenticate", "Bearer")
	}
	c.JSON(code, "failed")
}

func secret(c echo.Context) error {
	if c.Request().Header.Get("Authorization") == "" {
		return echo.NewHTTPError(http.StatusUnauthorized, "log in")
	}
	return c.NoContent(http.StatusNoContent)
}

func method(c echo.Context) error {
	if c.Request().Method != "GET" {
		return echo.NewHTTPError(http.StatusMethodNotAllowed, "use GET") // want `S-405-carrier`
	}
	return nil
}
