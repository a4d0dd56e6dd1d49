// Package input holds 5xx for mistakes of a request, by detours, and 5xx that
// are right.
package input

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"

	"example.org/fastjson"
)

type item struct{ Name string }

// A decode helper of the package.
func decode(r *http.Request, v any) error {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(body, v); err != nil {
		return fmt.Errorf("decode: %w", err)
	}
	return nil
}

func decodeItem(r io.Reader) (*item, error) {
	var v item
	if err := json.NewDecoder(r).Decode(&v); err != nil {
		return nil, err
	}
	if v.Name == "" {
		return nil, errors.New("no name")
	}
	return &v, nil
}

func byHelper(w http.ResponseWriter, r *http.Request) {
	var v item
	if err := decode(r, &v); err != nil {
		http.Error(w, "cannot decode", http.StatusInternalServerError) // want `S-5xx-for-input: .* an error of decode, which is about the request`
		return
	}
	if _, err := decodeItem(r.Body); err != nil {
		http.Error(w, "cannot decode", http.StatusInternalServerError) // want `S-5xx-for-input`
		return
	}
}

// The same of a file, and one that also stores.
func ofFile(w http.ResponseWriter, r *http.Request) {
	file, err := os.Open("items.json")
	if err != nil {
		http.Error(w, "cannot open", http.StatusInternalServerError)
		return
	}
	if _, err := decodeItem(file); err != nil {
		http.Error(w, "cannot decode", http.StatusInternalServerError)
		return
	}
}

func store(r *http.Request) error {
	var v item
	if err := json.NewDecoder(r.Body).Decode(&v); err != nil {
		return err
	}
	return os.WriteFile("item", []byte(v.Name), 0o600)
}

func stored(w http.ResponseWriter, r *http.Request) {
	if err := store(r); err != nil {
		http.Error(w, "cannot store", http.StatusInternalServerError)
	}
}

// Packages with json's signature.
func byOther(w http.ResponseWriter, r *http.Request) {
	var v item
	if err := fastjson.NewDecoder(r.Body).Decode(&v); err != nil {
		w.WriteHeader(http.StatusInternalServerError) // want `S-5xx-for-input`
		return
	}
	b, _ := io.ReadAll(r.Body)
	if err := fastjson.Unmarshal(b, &v); err != nil {
		w.WriteHeader(http.StatusInternalServerError) // want `S-5xx-for-input`
		return
	}
}

// Limited content.
func limited(w http.ResponseWriter, r *http.Request) {
	var v item
	if err := json.NewDecoder(&io.LimitedReader{R: r.Body, N: 1 << 20}).Decode(&v); err != nil {
		w.WriteHeader(http.StatusInternalServerError) // want `S-5xx-for-input`
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
	if _, err := io.ReadAll(r.Body); err != nil {
		w.WriteHeader(http.StatusInternalServerError) // want `S-5xx-for-input: .*answer 413 for an \*http.MaxBytesError`
		return
	}
}

func unlimited(w http.ResponseWriter, r *http.Request) {
	if _, err := io.ReadAll(r.Body); err != nil {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
}

func copied(w http.ResponseWriter, r *http.Request) {
	var buf bytes.Buffer
	if _, err := io.Copy(&buf, r.Body); err != nil {
		w.WriteHeader(http.StatusInternalServerError) // want `S-5xx-for-input`
		return
	}
	file, _ := os.Create("upload")
	if _, err := io.Copy(file, r.Body); err != nil {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
}

// A status that a setter stores.
type response struct {
	status int
	body   any
}

func (p *response) SetStatus(code int) { p.status = code }

func serve(h func(*http.Request, *response)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		p := &response{status: http.StatusOK}
		h(r, p)
		w.WriteHeader(p.status)
		json.NewEncoder(w).Encode(p.body)
	}
}

func bySetter(r *http.Request, p *response) {
	var v item
	if err := json.NewDecoder(r.Body).Decode(&v); err != nil {
		p.SetStatus(http.StatusInternalServerError) // want `S-5xx-for-input`
		return
	}
	p.status = http.StatusCreated
}

// A response that a client gets is not a request.
func send(req *http.Request) (*http.Response, error) {
	var v item
	if err := json.NewDecoder(req.Body).Decode(&v); err != nil {
		return &http.Response{StatusCode: http.StatusInternalServerError}, nil
	}
	return http.DefaultClient.Do(req)
}
