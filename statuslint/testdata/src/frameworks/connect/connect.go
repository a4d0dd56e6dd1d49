// Package handlers answers through Connect, which sets the status itself:
// nothing is known of it, and nothing is said.
package handlers

import (
	"context"
	"errors"

	"connectrpc.com/connect"
)

func get(ctx context.Context) (string, error) {
	return "", connect.NewError(connect.CodeUnauthenticated, errors.New("log in"))
}
