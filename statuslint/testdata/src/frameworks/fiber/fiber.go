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
