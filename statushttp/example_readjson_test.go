package statushttp_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"

	"example.com/httpstatus/statushttp"
)

// A handler reads an order, and the client is told what is wrong with it.
func ExampleReadJSON() {
	type item struct {
		Name  string `json:"name"`
		Price int    `json:"price"`
	}
	h := statushttp.HandlerFunc(func(w http.ResponseWriter, r *http.Request) error {
		var order struct {
			Items []item `json:"items"`
		}
		return statushttp.ReadJSON(w, r, &order)
	})
	post := func(mediaType, content string) {
		r := httptest.NewRequest("POST", "/orders", strings.NewReader(content))
		r.Header.Set("Content-Type", mediaType)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		fmt.Println(w.Code, strings.Replace(w.Body.String(), `"fields"`, "\n    \"fields\"", 1)) // one line, broken to be read
	}
	post("application/json", `{"items":[{"name":"tea","price":5},{"name":"cake","price":"7"}]}`)
	post("application/json", "{\n\t\"items\": [,]\n}")
	post("text/plain", `{}`)
	// Output:
	// 400 {"error":"bad_request","message":"The content has a value of the wrong type, at line 1, column 59.",
	//     "fields":[{"pointer":"/items/1/price","error":"wrong_type","message":"Must be an integer in range."}]}
	// 400 {"error":"bad_request","message":"The content is not valid JSON, at line 2, column 12."}
	// 415 {"error":"unsupported_media_type","message":"The Content-Type is not one of those that are read here."}
}

// An API that wants to know of spelling mistakes, and takes merge patches.
func ExampleJSONReader() {
	reader := statushttp.JSONReader{
		Types:            []string{"application/merge-patch+json"},
		MaxBytes:         64 << 10,
		RejectUnknown:    true,
		RejectDuplicates: true,
	}
	h := statushttp.HandlerFunc(func(w http.ResponseWriter, r *http.Request) error {
		var patch struct {
			Email *string `json:"email"`
		}
		return reader.Read(w, r, &patch)
	})
	for _, mediaType := range []string{"application/merge-patch+json", "application/json"} {
		r := httptest.NewRequest("PATCH", "/users/42", strings.NewReader(`{"e-mail":"ada@example.com"}`))
		r.Header.Set("Content-Type", mediaType)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		content := strings.Replace(w.Body.String(), `"fields"`, "\n    \"fields\"", 1) // one line, broken to be read
		fmt.Printf("%d %q\n%s\n", w.Code, w.Header().Get("Accept-Patch"), content)
	}
	// Output:
	// 400 ""
	// {"error":"bad_request","message":"The content has an unknown member, at line 1, column 2.",
	//     "fields":[{"pointer":"/e-mail","error":"unknown_member","message":"Is not known."}]}
	// 415 "application/merge-patch+json"
	// {"error":"unsupported_media_type","message":"The Content-Type is not one of those that are read here."}
}
