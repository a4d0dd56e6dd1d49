package statushttp

import (
	"encoding/json"
	"errors"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/errtree"
)

// JSON wraps a value of any type, such as a struct, for
// [httpstatus.Error.WithExtension], which does not use encoding/json:
//
//	e.WithExtension("limits", statushttp.JSON(limits))
//
// The extension is refused if encoding/json cannot write the value, and if the
// value is an error or holds one, because the text of an error is private. It
// is also refused if the value is too large to search for errors: more than
// 10000 values or 16 levels of types that may hold one.
func JSON(v any) json.Marshaler { return jsonValue{v} }

type jsonValue struct{ v any }

// errorFinder finds errors in the values of JSON.
var errorFinder errtree.Finder[httpstatus.Code]

// MarshalJSON serves WithExtension.
func (j jsonValue) MarshalJSON() ([]byte, error) {
	if errorFinder.Holds(j.v) {
		return nil, errors.New("statushttp: the value holds an error")
	}
	return json.Marshal(j.v)
}
