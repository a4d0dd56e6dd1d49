package registered

import (
	"context"
	"errors"
	"net/http"
)

// The client has gone, so nobody reads this but the log.
func gone(w http.ResponseWriter, r *http.Request) {
	if errors.Is(r.Context().Err(), context.Canceled) {
		w.WriteHeader(499)
	}
}
