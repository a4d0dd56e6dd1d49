package carrier

import (
	"errors"
	"fmt"
	"net/http"

	"example.com/httpstatus"
)

// An error with a status, and the one function that answers with it.
type statusError struct {
	Status  int
	Message string
}

func (e *statusError) Error() string { return e.Message }

func newError(status int, message string) error {
	return &statusError{Status: status, Message: message}
}

func handler(h func(*http.Request) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		err := h(r)
		var se *statusError
		if errors.As(err, &se) {
			http.Error(w, se.Message, se.Status)
		}
	}
}

func byLiteral(r *http.Request) error {
	if r.Method != "GET" {
		return &statusError{Status: http.StatusMethodNotAllowed, Message: "use GET"} // want `S-405-carrier: 405 \(Method Not Allowed\) is put into a value, and the writer of this value sends no Allow`
	}
	return nil
}

func byPosition(r *http.Request) error {
	return &statusError{405, "use GET"} // want `S-405-carrier`
}

func byConstructor(r *http.Request) error {
	return newError(http.StatusMethodNotAllowed, "use GET") // want `S-405-carrier`
}

func byAssignment(r *http.Request) error {
	e := &statusError{Message: "use GET"}
	e.Status = http.StatusMethodNotAllowed // want `S-405-carrier`
	return e
}

// The status is made of the error.
var errMethod = errors.New("method")

func statusOf(err error) int {
	switch {
	case err == nil:
		return http.StatusOK
	case errors.Is(err, errMethod):
		return http.StatusMethodNotAllowed // want `S-405-carrier`
	}
	return http.StatusInternalServerError
}

func answer(w http.ResponseWriter, err error) {
	w.WriteHeader(statusOf(err))
	fmt.Fprint(w, err)
}

// The error knows its status.
type methodError struct{}

func (methodError) Error() string   { return "method" }
func (methodError) StatusCode() int { return http.StatusMethodNotAllowed } // want `S-405-carrier`

func answerCoder(w http.ResponseWriter, err error) {
	var c interface{ StatusCode() int }
	if errors.As(err, &c) {
		code := c.StatusCode()
		http.Error(w, err.Error(), code)
	}
}

// httpstatus's own error, without what it asks for.
func own() error {
	return httpstatus.MethodNotAllowed.New("", "") // want `S-405-carrier: 405 \(Method Not Allowed\) is made without WithAllow`
}

func ownUpgrade(err error) error {
	return httpstatus.MethodNotAllowed.Newf("", "use %s", "GET").WithCause(err) // want `S-405-carrier`
}

// The status is set by a method.
func (e *statusError) with(status int) *statusError {
	e.Status = status
	return e
}

func byMethod(r *http.Request) error {
	return new(statusError).with(http.StatusMethodNotAllowed) // want `S-405-carrier`
}

// The error tells its status by a method, and the writer asks any that does.
type coded struct{ code int }

func (c *coded) Error() string   { return http.StatusText(c.code) }
func (c *coded) StatusCode() int { return c.code }

func byGetter(r *http.Request) error {
	return &coded{code: http.StatusMethodNotAllowed} // want `S-405-carrier`
}

// A table of statuses.
var statuses = map[error]int{
	errMethod: http.StatusMethodNotAllowed, // want `S-405-carrier`
}

func answerTable(w http.ResponseWriter, err error) {
	status, ok := statuses[err]
	if !ok {
		status = http.StatusInternalServerError
	}
	http.Error(w, err.Error(), status)
}

// A handler that returns its status.
type returning func(w http.ResponseWriter, r *http.Request) (int, error)

func (h returning) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	status, err := h(w, r)
	if err != nil {
		http.Error(w, err.Error(), status)
	}
}

func show(w http.ResponseWriter, r *http.Request) (int, error) {
	if r.Method != "GET" {
		return http.StatusMethodNotAllowed, errMethod // want `S-405-carrier`
	}
	return http.StatusOK, nil
}

var edit = returning(func(w http.ResponseWriter, r *http.Request) (int, error) {
	if r.Method != "PUT" {
		return http.StatusMethodNotAllowed, errMethod // want `S-405-carrier`
	}
	return http.StatusOK, nil
})

// A sentinel that is returned as it is.
var errSentinel = newError(http.StatusMethodNotAllowed, "use GET") // want `S-405-carrier`

func bySentinel(r *http.Request) error { return errSentinel }
