package handlers

import "github.com/gofiber/fiber/v2"

func wrong(c *fiber.Ctx) error {
	if c.Method() != "GET" {
		return c.SendStatus(405) // want `S-405-allow`
	}
	return fiber.NewError(401, "log in") // want `S-401-carrier`
}

func chained(c *fiber.Ctx) error {
	return c.Status(401).SendString("log in") // want `S-401-challenge`
}

func right(c *fiber.Ctx) error {
	if c.Method() != "GET" {
		c.Set("Allow", "GET")
		return c.SendStatus(405)
	}
	c.Append("WWW-Authenticate", "Bearer")
	return fiber.NewError(401, "log in")
}

func tricky(c *fiber.Ctx) error { return c.Redirect("/login", 303) }

func value(c *fiber.Ctx) error { return fiber.ErrUnauthorized } // want `S-401-carrier`

// Nothing is sent before the handler has returned.
func later(c *fiber.Ctx) error {
	err := c.SendStatus(401)
	c.Set("WWW-Authenticate", "Bearer")
	return err
}

func bound(c *fiber.Ctx) error {
	var v struct{ Name string }
	if err := c.BodyParser(&v); err != nil {
		return c.SendStatus(500) // want `S-5xx-for-input`
	}
	return c.JSON(v)
}
