// Package styles has frameworks' answers in the styles of real servers.
package styles

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/gofiber/fiber/v2"
	"github.com/labstack/echo/v4"
)

// gin keeps a status.

func viaWriter(c *gin.Context) {
	c.Status(http.StatusMethodNotAllowed)
	c.Writer.Header().Set("Allow", "GET")
	c.JSON(http.StatusMethodNotAllowed, gin.H{"error": "no"})
}

func challenge(c *gin.Context) { c.Header("WWW-Authenticate", "Bearer") }

func auth(c *gin.Context) {
	c.Status(http.StatusUnauthorized)
	challenge(c)
	c.Abort()
}

func authForgets(c *gin.Context) {
	c.Status(http.StatusUnauthorized) // want "S-401-challenge"
	c.Abort()
}

func lateAfterJSON(c *gin.Context) {
	c.JSON(http.StatusOK, gin.H{"ok": true})
	c.Header("X-Count", "1") // want "S-late-header"
}

func ginNoReturn(c *gin.Context) {
	var in struct{ Name string }
	if err := c.ShouldBindJSON(&in); err != nil {
		c.JSON(http.StatusBadRequest, gin.H{"error": err.Error()}) // want "S-error-no-return"
	}
	c.JSON(http.StatusOK, in)
}

func ginInput(c *gin.Context) {
	var in struct{ Name string }
	if err := c.ShouldBindJSON(&in); err != nil {
		c.AbortWithStatusJSON(http.StatusInternalServerError, gin.H{"error": err.Error()}) // want "S-5xx-for-input"
		return
	}
	c.JSON(http.StatusOK, in)
}

// fiber sends nothing before the handler returns.

func fiberBranches(c *fiber.Ctx) error {
	c.Status(fiber.StatusUnauthorized)
	if c.Get("X-Old") != "" {
		c.Set("WWW-Authenticate", "Basic")
	} else {
		c.Set("WWW-Authenticate", "Bearer")
	}
	return c.SendString("no")
}

func fiberForgets(c *fiber.Ctx) error {
	if c.Get("X-Token") == "" {
		return fiber.ErrUnauthorized // want "S-401-carrier"
	}
	return c.SendString("yes")
}

func fiberChained(c *fiber.Ctx) error {
	return c.Status(fiber.StatusUnauthorized).JSON(fiber.Map{"error": "no"}) // want "S-401-challenge"
}

// echo's answers are to be returned.

func echoNotReturned(c echo.Context) error {
	var in struct{ Name string }
	if err := c.Bind(&in); err != nil {
		c.JSON(http.StatusBadRequest, err.Error()) // want "S-error-no-return"
	}
	return c.JSON(http.StatusOK, in)
}

func echoNoContent(c echo.Context) error {
	if c.Param("id") == "" {
		c.NoContent(http.StatusNotFound) // want "S-error-no-return"
	}
	return c.String(http.StatusOK, c.Param("id"))
}

func echoMiddleware(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if c.Get("user") == nil {
			return echo.ErrUnauthorized // want "S-401-carrier"
		}
		return next(c)
	}
}

// An error that nobody is known to answer with.

func render(c echo.Context, err error) error { return c.String(http.StatusOK, err.Error()) }

func loginPage(c echo.Context) error {
	return render(c, echo.NewHTTPError(http.StatusUnauthorized, "log in"))
}

func exchange(code string) error {
	if code == "" {
		return echo.NewHTTPError(http.StatusUnauthorized, "no code")
	}
	return nil
}

func finish(c echo.Context) error {
	if err := exchange(c.Param("code")); err != nil {
		return render(c, err)
	}
	return c.NoContent(http.StatusNoContent)
}

func verify(token string) error {
	if token == "" {
		return echo.NewHTTPError(http.StatusUnauthorized, "no token") // want "S-401-carrier"
	}
	return nil
}

func checked(c echo.Context) error {
	err := verify(c.Param("token"))
	if err != nil {
		return err
	}
	return c.NoContent(http.StatusNoContent)
}

// What is asked of a context is not the context.

type account struct {
	Name  string
	Admin bool
	Quota struct{ Left int }
}

type keeper interface {
	Allowed(who *account, what string) bool
}

func accountOf(c *gin.Context) *account { return &account{Name: c.Param("name")} }

func move(k keeper) gin.HandlerFunc {
	return func(c *gin.Context) {
		who := accountOf(c)
		if !k.Allowed(who, "move") {
			c.AbortWithStatus(http.StatusUnauthorized) // want "S-401-challenge"
			return
		}
		c.JSON(http.StatusOK, who)
	}
}

// A struct with the context inside is.
type deal struct {
	c    *gin.Context
	name string
}

type filler interface{ Fill(x *deal) }

func fill(f filler) gin.HandlerFunc {
	return func(c *gin.Context) {
		x := &deal{c, "x"}
		f.Fill(x)
		c.AbortWithStatus(http.StatusUnauthorized)
	}
}
