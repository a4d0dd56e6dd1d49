package handlers

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

func wrong(c *gin.Context) {
	if c.Request.Method != "GET" {
		c.AbortWithStatus(http.StatusMethodNotAllowed) // want `S-405-allow`
		return
	}
	if c.Param("id") == "" {
		c.AbortWithStatusJSON(401, gin.H{"error": "log in"}) // want `S-401-challenge`
		return
	}
	c.JSON(http.StatusNoContent, gin.H{"ok": true}) // want `S-bodyless-body`
}

func noReturn(c *gin.Context) {
	if c.Param("id") == "" {
		c.JSON(http.StatusBadRequest, gin.H{"error": "no id"}) // want `S-error-no-return`
	}
	c.JSON(http.StatusOK, gin.H{"ok": true})
}

func bound(c *gin.Context) {
	var v struct{ Name string }
	if err := c.ShouldBindJSON(&v); err != nil {
		c.JSON(http.StatusInternalServerError, gin.H{"error": "cannot read"}) // want `S-5xx-for-input`
		return
	}
	c.JSON(700, v) // want `S-code-range`
}

func right(c *gin.Context) {
	if c.Request.Method != "GET" {
		c.Header("Allow", "GET")
		c.AbortWithStatus(http.StatusMethodNotAllowed)
		return
	}
	if c.Param("id") == "" {
		c.Writer.Header().Set("WWW-Authenticate", "Bearer")
		c.AbortWithStatusJSON(401, gin.H{"error": "log in"})
		return
	}
	c.Redirect(http.StatusFound, "/")
}

// gin keeps a status back until something is written, and -1 keeps the status.
func tricky(c *gin.Context) {
	c.Status(http.StatusNoContent)
	c.Header("X-Seen", "1")
	c.JSON(-1, nil)
}

func empty(c *gin.Context) { c.JSON(http.StatusNoContent, nil) }
