package statushttp_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"

	"example.com/httpstatus"
	"example.com/httpstatus/statushttp"
)

// A resource that can be read, in whole or in part, and whose cached copies can be
// asked about.
func ExampleServe() {
	const content = "One morning, when Gregor Samsa woke"
	h := statushttp.HandlerFunc(func(w http.ResponseWriter, r *http.Request) error {
		w.Header().Set("Cache-Control", "max-age=60")
		return statushttp.Serve(w, r, statushttp.Representation{
			Content:     strings.NewReader(content),
			Size:        int64(len(content)),
			ContentType: "text/plain; charset=utf-8",
			ETag:        `"v7"`,
		})
	})
	for _, field := range []string{"", `If-None-Match: "v7"`, "Range: bytes=4-10", "Range: bytes=900-", `If-Match: "v6"`} {
		r := httptest.NewRequest("GET", "/book", nil)
		if name, value, ok := strings.Cut(field, ": "); ok {
			r.Header.Set(name, value)
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		fmt.Printf("%-21s %d %q\n", field, w.Code, w.Body)
	}
	// Output:
	//                       200 "One morning, when Gregor Samsa woke"
	// If-None-Match: "v7"   304 ""
	// Range: bytes=4-10     206 "morning"
	// Range: bytes=900-     416 "{\"error\":\"range_not_satisfiable\",\"message\":\"No part of the Range lies in the representation, which has 35 octets.\"}"
	// If-Match: "v6"        412 "{\"error\":\"precondition_failed\",\"message\":\"No entity tag in If-Match is the current one.\"}"
}

// Files of a folder. An os.Root opens nothing outside of it.
func ExampleServe_file() {
	root, err := os.OpenRoot("testdata")
	if err != nil {
		panic(err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /files/{name}", statushttp.HandlerFunc(func(w http.ResponseWriter, r *http.Request) error {
		f, err := root.Open(r.PathValue("name"))
		if err != nil {
			return httpstatus.FromFS(err)
		}
		defer f.Close()
		info, err := f.Stat()
		if err != nil {
			return httpstatus.FromFS(err)
		}
		return statushttp.Serve(w, r, statushttp.Representation{
			Content:     f,
			Size:        info.Size(),
			ContentType: "text/plain; charset=utf-8",
			Modified:    info.ModTime(),
		})
	}))
	for _, name := range []string{"hello.txt", "nothing.txt", "..%2fserve.go"} {
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, httptest.NewRequest("GET", "/files/"+name, nil))
		fmt.Println(name, w.Code, strings.TrimSpace(w.Body.String()))
	}
	// Output:
	// hello.txt 200 Hello.
	// nothing.txt 404 {"error":"not_found","message":"Not Found"}
	// ..%2fserve.go 404 {"error":"not_found","message":"Not Found"}
}

// A PUT that does not overwrite what its client has not seen.
func ExampleCheckPrecondition() {
	content, version := "first", 1
	h := statushttp.HandlerFunc(func(w http.ResponseWriter, r *http.Request) error {
		// In a program, a transaction or a lock begins here.
		state := httpstatus.Precondition{ETag: fmt.Sprintf(`"v%d"`, version), Required: true}
		if err := statushttp.CheckPrecondition(r, state); err != nil {
			return err
		}
		content, version = r.URL.RawQuery, version+1
		w.Header().Set("ETag", fmt.Sprintf(`"v%d"`, version))
		w.WriteHeader(http.StatusNoContent)
		return nil
	})
	put := func(content, ifMatch string) {
		r := httptest.NewRequest("PUT", "/note?"+content, nil)
		if ifMatch != "" {
			r.Header.Set("If-Match", ifMatch)
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		fmt.Printf("%v %q\n", httpstatus.Code(w.Code), w.Header().Get("ETag"))
	}
	put("second", `"v1"`)
	put("mine", `"v1"`) // read before the second
	put("mine", "")
	fmt.Println(content)
	// Output:
	// 204 No Content "\"v2\""
	// 412 Precondition Failed ""
	// 428 Precondition Required ""
	// second
}
