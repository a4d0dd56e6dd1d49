package site

import (
	"bytes"
	"fmt"
	"io/fs"
	"reflect"
	"regexp"
	"strings"

	"example.com/httpstatus"
	"example.com/httpstatus/internal/card"
)

// machineFiles renders what programs read: the card of each code, all registered
// ones in one array, and the schema that both follow.
func (b *builder) machineFiles() error {
	write := func(path string, v any) error {
		var data bytes.Buffer
		if err := card.WriteJSON(&data, v); err != nil {
			return err
		}
		return b.file(path, data.Bytes())
	}
	registered, others := known()
	all := []card.Card{}
	for c := range httpstatus.All() {
		all = append(all, card.New(c))
	}
	for _, c := range append(registered, others...) {
		if err := write(fmt.Sprintf("%d.json", int(c)), card.New(c)); err != nil {
			return err
		}
	}
	if err := write("all.json", all); err != nil {
		return err
	}
	documented, err := b.documentedFields()
	if err != nil {
		return err
	}
	return write("card.schema.json", cardSchema(documented))
}

// documentedField matches a line of the documentation of the command that opens,
// or goes on with, what a field of a card is.
var documentedField = regexp.MustCompile(`(?m)^//\t([a-z_]*) +(\S.*)$`)

// documentedFields returns what the documentation of the command says of each
// field of a card.
func (b *builder) documentedFields() (map[string]string, error) {
	const source = "cmd/httpstatus/main.go"
	text, err := fs.ReadFile(b.root, source)
	if err != nil {
		return nil, err
	}
	_, doc, found := strings.Cut(string(text), "// # JSON\n")
	doc, _, ends := strings.Cut(doc, "\npackage main")
	if !found || !ends {
		return nil, fmt.Errorf("%s: no chapter on JSON", source)
	}
	fields, last := map[string]string{}, ""
	for _, m := range documentedField.FindAllStringSubmatch(doc, -1) {
		if m[1] != "" {
			last = m[1]
			fields[last] = m[2]
		} else {
			fields[last] += " " + m[2]
		}
	}
	return fields, nil
}

// A schema is what we use of JSON Schema.
type schema struct {
	Schema      string             `json:"$schema,omitempty"`
	ID          string             `json:"$id,omitempty"`
	Title       string             `json:"title,omitempty"`
	Description string             `json:"description,omitempty"`
	Type        string             `json:"type"`
	Enum        []string           `json:"enum,omitempty"`
	Items       *schema            `json:"items,omitempty"`
	Properties  map[string]*schema `json:"properties,omitempty"`
	Values      *schema            `json:"additionalProperties,omitempty"`
	Required    []string           `json:"required,omitempty"`
}

// cardSchema returns the schema of a card, from the type and what its fields are
// documented to be.
func cardSchema(documented map[string]string) *schema {
	s := schemaOf(reflect.TypeFor[card.Card]())
	s.Schema = "https://json-schema.org/draft/2020-12/schema"
	s.ID = Base + "card.schema.json"
	s.Title = "A card of an HTTP status code"
	s.Description = "What httpstatus -json prints for one code, and NNN.json holds; all.json is an array of them. " +
		"Fields may be added; these keep their names and meaning."
	for name, p := range s.Properties {
		p.Description = documented[name]
	}
	s.Properties["class"].Enum = []string{"invalid"}
	for _, c := range card.Classes {
		s.Properties["class"].Enum = append(s.Properties["class"].Enum, c.String())
	}
	for _, a := range []httpstatus.Applied{httpstatus.WasApplied, httpstatus.NotApplied, httpstatus.AppliedUnknown} {
		s.Properties["applied"].Enum = append(s.Properties["applied"].Enum, a.String())
	}
	return s
}

func schemaOf(t reflect.Type) *schema {
	switch t.Kind() {
	case reflect.Bool:
		return &schema{Type: "boolean"}
	case reflect.Int:
		return &schema{Type: "integer"}
	case reflect.String:
		return &schema{Type: "string"}
	case reflect.Slice:
		return &schema{Type: "array", Items: schemaOf(t.Elem())}
	case reflect.Map:
		return &schema{Type: "object", Values: schemaOf(t.Elem())}
	}
	s := &schema{Type: "object", Properties: map[string]*schema{}}
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		s.Properties[name] = schemaOf(t.Field(i).Type)
		s.Required = append(s.Required, name)
	}
	return s
}
