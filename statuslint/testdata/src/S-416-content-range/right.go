package unsatisfiable

import (
	"fmt"
	"net/http"
)

func partRight(w http.ResponseWriter, r *http.Request, size int64) {
	if r.Header.Get("Range") != "" {
		w.Header().Set("Content-Range", fmt.Sprintf("bytes */%d", size))
		w.WriteHeader(http.StatusRequestedRangeNotSatisfiable)
	}
}
