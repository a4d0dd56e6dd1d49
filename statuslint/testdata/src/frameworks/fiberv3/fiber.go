package handlers

import "github.com/gofiber/fiber/v3"

func wrong(c fiber.Ctx) error {
	if c.Method() != "GET" {
		return c.SendStatus(405) // want `S-405-allow`
	}
	return fiber.ErrMethodNotAllowed // want `S-405-carrier`
}

func right(c fiber.Ctx) error {
	if c.Method() != "GET" {
		c.Set("Allow", "GET")
		return c.SendStatus(405)
	}
	return c.Redirect().Status(303).To("/login")
}

func bound(c fiber.Ctx) error {
	var v struct{ Name string }
	if err := c.Bind().JSON(&v); err != nil {
		return c.SendStatus(500) // want `S-5xx-for-input`
	}
	if err := c.JSON(v); err != nil {
		return c.SendStatus(500)
	}
	return nil
}
