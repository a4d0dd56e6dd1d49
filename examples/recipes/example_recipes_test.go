package recipes_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"

	"example.com/httpstatus"
	"example.com/httpstatus/examples/recipes"
	"example.com/httpstatus/statushttp"
)

var errNoUser = httpstatus.NotFound.New("user_not_found", "No such user.")

// show prints how a handler answers, with each field of an error on a line of its
// own.
func show(h http.Handler, method, content string, header ...string) {
	r := httptest.NewRequest(method, "/", strings.NewReader(content))
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	for _, name := range []string{"Link", "Content-Language", "Vary"} {
		if v := strings.Join(w.Header().Values(name), ", "); v != "" {
			fmt.Printf("%s: %s\n", name, v)
		}
	}
	fmt.Printf("%d %s\n", w.Code, strings.ReplaceAll(w.Body.String(), `{"pointer"`, "\n    {\"pointer\""))
}

// What a validator does not like becomes fields with JSON Pointers.
func ExampleInvalid() {
	type item struct {
		Count int `json:"count" validate:"min=1"`
	}
	type order struct {
		Email  string          `json:"email" validate:"required,email"`
		Items  []item          `json:"items" validate:"dive"`
		Prices map[string]item `json:"prices" validate:"dive"`
	}
	validate := recipes.NewValidator()
	h := statushttp.HandlerFunc(func(w http.ResponseWriter, r *http.Request) error {
		var o order
		if err := statushttp.ReadJSON(w, r, &o); err != nil {
			return err
		}
		return recipes.Invalid(validate.Struct(o))
	})
	show(h, "POST", `{"email":"hunter2","items":[{"count":1},{"count":0}],"prices":{"tea":{"count":-1}}}`)
	show(h, "POST", `{"email":"ada@example.com"}`)
	// Output:
	// Vary: Accept
	// 422 {"error":"validation_failed","message":"Check the fields.","fields":[
	//     {"pointer":"/email","error":"email","message":"Must be an email address."},
	//     {"pointer":"/items/1/count","error":"min","message":"Must be 1 at least."},
	//     {"pointer":"/prices/tea/count","error":"min","message":"Must be 1 at least."}]}
	// 200
}

// The user quotes the id of the request, and the log has it too.
func ExampleRequestID() {
	errs := &statushttp.Responder{Decorate: recipes.RequestID}
	h := recipes.WithRequestID(errs.Handler(func(http.ResponseWriter, *http.Request) error { return errNoUser }))
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	id := w.Header().Get("X-Request-Id")
	fmt.Println(regexp.MustCompile(`^[A-Z2-7]{26}$`).MatchString(id))
	fmt.Println(strings.ReplaceAll(w.Body.String(), id, "ID"))
	// Output:
	// true
	// {"error":"user_not_found","message":"No such user.","request_id":"ID"}
}

// The message is in the language of the client, and the error code stays.
func ExampleTranslated() {
	errs := &statushttp.Responder{Decorate: recipes.Translated("en", map[string]map[string]string{
		"de": {"user_not_found": "Diesen Benutzer gibt es nicht."},
	})}
	h := errs.Handler(func(http.ResponseWriter, *http.Request) error { return errNoUser })
	show(h, "GET", "", "Accept-Language", "de-AT, en;q=0.5")
	show(h, "GET", "", "Accept-Language", "fr, en;q=0.5")
	// Output:
	// Content-Language: de
	// Vary: Accept, Accept-Language
	// 404 {"error":"user_not_found","message":"Diesen Benutzer gibt es nicht."}
	// Content-Language: en
	// Vary: Accept, Accept-Language
	// 404 {"error":"user_not_found","message":"No such user."}
}

// Each error code has a page.
func ExampleDocumented() {
	errs := &statushttp.Responder{
		Formats:  []httpstatus.Format{httpstatus.ProblemJSON},
		Decorate: recipes.All(recipes.RequestID, recipes.Documented("https://docs.example.com/errors/")),
	}
	h := errs.Handler(func(http.ResponseWriter, *http.Request) error { return errNoUser })
	show(h, "GET", "")
	// Output:
	// Link: <https://docs.example.com/errors/user_not_found>; rel="help"
	// 404 {"type":"https://docs.example.com/errors/user_not_found","title":"Not Found","status":404,"detail":"No such user.","code":"user_not_found"}
}
