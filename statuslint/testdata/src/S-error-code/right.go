package noerror

import (
	"io"
	"net/http"
)

func doneRight(w http.ResponseWriter, r *http.Request) {
	io.WriteString(w, "done")
}
