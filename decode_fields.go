package httpstatus

import (
	"strconv"
	"strings"

	"example.com/httpstatus/internal/ascii"
	"example.com/httpstatus/internal/lenient"
)

// fieldsIn collects what is wrong with the parts of the request from the members
// of an object, by their rows, until one has something.
func (d *shapes) fieldsIn(v lenient.Value, problem bool, depth int) {
	var members [rankLimit]lenient.Value
	for m := v.First(); m.Exists(); m = m.Next() {
		if r := rowOf(m.Name()); r != nil && r.fields > 0 && !(m.IsXML() && members[r.fields].Exists()) {
			members[r.fields] = m
		}
	}
	for _, m := range members {
		if len(d.more.fields) > 0 || depth == 0 {
			return
		}
		switch m.Kind() {
		case lenient.Array:
			d.fieldList(m, m.Name() == "fields" || problem && m.Name() == "errors", depth-1)
			if m.Name() == "fields" && len(d.more.fields) == lengthOf(m) {
				d.use(m)
			}
		case lenient.Object:
			d.fieldsInside(v, m, problem, depth-1)
		}
	}
}

//go:noinline
func (d *shapes) addField(f Field) { d.more.fields = append(d.more.fields, f) }

func lengthOf(list lenient.Value) (n int) {
	for m := list.First(); m.Exists(); m = m.Next() {
		n++
	}
	return n
}

// fieldsInside reads an object that is a map of fields, or has a list or a map of
// them inside.
func (d *shapes) fieldsInside(parent, v lenient.Value, problem bool, depth int) {
	isMap := rowOf(v.Name()).isMap && !d.isUsed(v)
	switch {
	case v.Name() == "validation": // hapi, and celebrate for each part
		d.fieldNames(v, v.Get("source").Text(), Field{Message: d.e.message})
		for m := v.First(); m.Exists(); m = m.Next() {
			d.fieldNames(m, m.Name(), Field{Message: m.Get("message").String()})
		}
		isMap = isMap && len(d.more.fields) == 0
	case v.Name() == "params": // WordPress; others repeat there what they were sent
		isMap = areSentences(v)
	case !isMap:
		d.fieldsIn(v, false, depth)
		if len(d.more.fields) > 0 || problem {
			return
		}
		if f := d.scan(v); f.placeRank == 1 { // the one that is wrong
			field := d.place(&f)
			if d.tell(&field, &f); field.ErrorCode != "" || field.Message != "" {
				d.addField(field)
			}
			return
		}
		isMap = (d.e.message == "" || !isEcho(v.Name()) || v.First().Get("code").String() != "") && isFieldMap(v, depth) || // Zendesk, PocketBase
			(v.Name() == "message" || v.Name() == "messages" && areSentences(v)) && d.e.message == "" || // GitLab, CodeIgniter
			v.Name() == "data" && isFailure(parent) // JSend
	}
	if isMap && !v.IsXML() {
		d.fieldMap(v, "")
	}
}

// fieldList reads a list of objects. Without all, only those count that say
// where something is wrong.
func (d *shapes) fieldList(list lenient.Value, all bool, depth int) {
	for v := list.First(); v.Exists(); v = v.Next() {
		if v.Kind() != lenient.Object {
			continue
		}
		f := d.scan(v)
		field := d.place(&f)
		d.tell(&field, &f)
		if field.place() != "" {
			if one := f.list[1].First(); one.Kind() == lenient.Object && field.Message == "" && field.ErrorCode == "" { // several of one field
				for ; one.Exists(); one = one.Next() {
					inner, at := d.scan(one), field
					d.tell(&at, &inner)
					d.addField(at)
				}
				continue
			}
			described := f.text.Name() == "description" && list.Name() != "errors" && !isPart(v.Get("location").Text())
			if f.placeRank < weakPlace || field.Message != "" && !described || f.codeRank > 0 && f.codeRank < wordCode {
				d.addField(field) // and not what has a name and a type, or is described
			}
			continue
		}
		before := len(d.more.fields)
		d.fieldNames(v, "", field)
		if len(d.more.fields) == before && depth > 0 { // Google
			kept := d.more.fields
			d.more.fields = nil
			d.fieldsIn(v, false, depth-1)
			d.more.fields = append(kept, d.more.fields...)
		}
		if len(d.more.fields) == before && all && field != (Field{}) {
			d.addField(field)
		}
	}
}

// fieldNames adds a field for each of the names in an object that has a list of
// them.
func (d *shapes) fieldNames(v lenient.Value, part string, field Field) {
	for m := v.First(); m.Exists(); m = m.Next() {
		switch m.Name() {
		case "fields", "members", "memberNames", "keys": // Salesforce, ABP, hapi
			for name := m.First(); name.Exists(); name = name.Next() {
				f := fieldIn(part, name.Whole())
				if f.ErrorCode, f.Message = field.ErrorCode, field.Message; f.place() != "" {
					d.addField(f)
				}
			}
		}
	}
}

// tell sets what an object says of a field, but for where that is.
func (d *shapes) tell(field *Field, f *found) {
	if f.codeRank > 0 && f.codeRank < feebleCode {
		field.ErrorCode = f.code.Text()
	}
	if f.textRank == 0 || f.textRank >= lateText {
		if inner := d.scan(f.object.Get("details")); inner.textRank > 0 { // FHIR
			field.Message = inner.text.Text()
		}
	}
	if f.textRank > 0 && field.Message == "" && (f.text != f.code || field.ErrorCode == "") {
		field.Message = f.text.Text()
	}
	for rank := 1; rank < rankLimit && field.Message == ""; rank++ {
		field.Message = joinStrings(f.list[rank]) // Hetzner
	}
	if field.Message == "" {
		field.Message = joinStrings(f.object.Get("constraints")) // NestJS
	}
	switch text := f.error.String(); {
	case strings.Contains(text, " "):
		if field.Message == "" {
			field.Message = text
		}
	case (f.codeRank == 0 || f.codeRank >= wordCode) && !f.error.Partial() && text != "":
		field.ErrorCode = text
	}
}

// fieldMap reads an object whose members are the fields and what is wrong with
// them, as that of Laravel and ASP.NET. What they say of no field in particular
// is the message, or else of the content as a whole, whose pointer is empty.
// Objects nested deeper than any form are left alone.
func (d *shapes) fieldMap(v lenient.Value, parent string) {
	const deepest = 128 // bytes of the pointer
	for m := v.First(); m.Exists(); m = m.Next() {
		if d.isUsed(m) || m.Kind() == lenient.String && isRejected(m.Name()) {
			continue
		}
		pointer := parent
		alone := m == v.First() && !m.Next().Exists()
		if parent != "" || !isNoField(m, alone) {
			if !isNoName(m, parent) {
				pointer += pointerOf(m.Name())
			}
		} else if d.e.message == "" {
			first := d.scan(m.First())
			d.e.message = m.String() + joinStrings(m) + first.text.Text()
			continue
		}
		switch m.Kind() {
		case lenient.String:
			if text := m.Text(); text != "" {
				d.addField(Field{Pointer: pointer, Message: text})
			}
		case lenient.Array:
			for one := m.First(); one.Exists(); one = one.Next() {
				d.fieldAt(pointer, one)
			}
		case lenient.Object:
			if len(pointer) <= deepest && !d.fieldAt(pointer, m) {
				d.fieldMap(m, pointer)
			}
		}
	}
}

// fieldMaps reads the answer of Django REST framework to a list of objects: an
// object for each, empty for those that are right.
func (d *shapes) fieldMaps(list lenient.Value) {
	index := 0
	for v := list.First(); v.Exists(); v = v.Next() {
		if isFieldMap(v, shapeDepth) {
			d.fieldMap(v, "/"+strconv.Itoa(index))
		}
		index++
	}
}

// fieldAt reads what is wrong with one field, and reports whether that is told.
func (d *shapes) fieldAt(pointer string, v lenient.Value) bool {
	field := Field{Message: v.String()}
	if v.Kind() == lenient.Object {
		if f := d.scan(v); f.textRank > 0 || f.codeRank > 0 && f.codeRank < wordCode || f.error.Exists() {
			d.tell(&field, &f)
		}
	}
	if field == (Field{}) {
		return false
	}
	field.Pointer = pointer
	d.addField(field)
	return true
}

// isNoName reports whether a member of a map of fields is no name of one: it has
// the errors of the field itself, or all fields of the content.
func isNoName(m lenient.Value, parent string) bool {
	switch m.Name() {
	case "_errors", "json", "children": // Discord, webargs, Symfony's forms
		return m.Name() == "_errors" || m.Kind() == lenient.Object
	case "errors":
		return parent != "" && m.Kind() == lenient.Array
	}
	return false
}

// isEcho reports whether an object of that name may be what was sent.
func isEcho(name string) bool { return name == "data" || name == "debug" || name == "extra" }

// isRejected reports whether a member has a value that was sent, which may be a
// password.
func isRejected(name string) bool {
	switch name {
	case "value", "rejectedValue", "rejected_value", "attemptedValue", "input", "given", "received", "actual", "instance":
		return true
	}
	return false
}

// isNoField reports whether a member of a map of fields speaks of the whole:
// those of Django REST framework and Rails, and Phoenix's one text.
func isNoField(m lenient.Value, alone bool) bool {
	switch m.Name() {
	case "non_field_errors", "nonFieldErrors", "__all__", "base", "full_messages":
		return true
	case "detail", "message":
		return alone && m.Kind() == lenient.String
	case "messages":
		return alone && m.Kind() == lenient.Array
	}
	return false
}

// isFieldMap reports whether v is nothing but names with lists of sentences that
// say what is wrong.
func isFieldMap(v lenient.Value, depth int) bool {
	if depth == 0 || !v.First().Exists() {
		return false
	}
	for m := v.First(); m.Exists(); m = m.Next() {
		if m.Name() == "_errors" {
			continue
		}
		if r := rowOf(m.Name()); r != nil && r.fields > 0 {
			return false // it has a meaning of its own
		}
		switch m.Kind() {
		case lenient.Array:
			first := m.First()
			if !isSentence(first.String()) && first.Get("message").String() == "" && first.Get("description").String() == "" {
				return false
			}
		case lenient.Object:
			if (m.Get("code").String() == "" || m.Get("message").String() == "") && !isFieldMap(m, depth-1) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// areSentences reports whether an object has nothing but sentences.
func areSentences(v lenient.Value) bool {
	for m := v.First(); m.Exists(); m = m.Next() {
		if !isSentence(m.String()) {
			return false
		}
	}
	return true
}

// isSentence reports whether s is for people.
func isSentence(s string) bool {
	return s != "" && (strings.Contains(s, " ") || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!"))
}

// place returns where an object says that something is wrong, as a field without
// the rest.
func (d *shapes) place(f *found) Field {
	part, name := partAndName(f)
	if f.place.Name() == "name" && f.place.Text() == name && strings.HasSuffix(name, "Error") { // of the error
		return Field{}
	}
	unnamed := part == name && f.place.Name() == "in" // HubSpot has the name there
	if unnamed && isPart(part) {
		return Field{}
	}
	return fieldIn(part, name)
}

// isPart reports whether a word names a part of a request.
func isPart(s string) bool {
	switch strings.TrimSuffix(s, "s") {
	case "query", "path", "header", "cookie", "body":
		return true
	}
	return false
}

// fieldIn returns what has the name in that part of the request.
func fieldIn(part, name string) Field {
	switch strings.TrimSuffix(part, "s") {
	case "query", "path", "param", "parameter", "querystring":
		return Field{Parameter: name}
	case "header":
		return Field{Header: name}
	case "cookie":
		return Field{}
	}
	return Field{Pointer: pointerOf(name)}
}

// weakPlace is the first rank of the places that may be the name of anything.
const weakPlace = 10

// partAndName returns the part of the request, which is the content if it is not
// known, and the name of what is wrong in it.
func partAndName(f *found) (part, name string) {
	v := f.object
	for _, at := range [...]lenient.Value{v, v.Get("source")} { // JSON:API
		for _, part := range [...]string{"pointer", "parameter", "header"} {
			if name := at.Get(part).Whole(); name != "" {
				return part, name
			}
		}
	}
	target := v.Get("target") // IBM
	if name = target.Get("name").Whole(); name != "" {
		return target.Get("type").Whole(), name
	}
	for _, at := range [...]string{"expression", "location"} { // FHIR: the first name is that of the content
		if _, name, _ = strings.Cut(v.Get(at).First().Whole(), "."); name != "" {
			return "", name
		}
	}
	path := v.Get("path")
	if !path.Exists() {
		path = v.Get("Path")
	}
	if path.Kind() == lenient.Array && !v.Get("locations").Exists() && !v.Get("extensions").Exists() { // Zod, but not GraphQL
		return "", pointerTo(path.First())
	}
	location := v.Get("location").Whole()
	for _, in := range [...]string{"in", "source"} { // OpenAPI's word, and Litestar's
		if in := v.Get(in).Whole(); in != "" {
			location = in
		}
	}
	if part := v.Get("locationType").Whole(); part != "" { // Google, of old
		return part, location
	}
	if loc := v.Get("loc").Whole(); loc != "" {
		location = loc
	}
	if part, name, ok := strings.Cut(location, "."); ok { // huma
		return part, name
	}
	if name = path.Whole(); name != "" && (location != "" || !v.Get("status").Exists()) { // express-validator, vnd.error
		return location, name
	}
	if f.placeRank > 0 { // PayPal has a location too
		return location, f.place.Text()
	}
	for _, at := range [...]lenient.Value{v.Get("meta"), v.Get("context"), v.Get("details"), v.Get("params"), v.Get("input").Get("inputPath")} {
		for m := at.First(); m.Exists(); m = m.Next() { // Clerk, Infomaniak, Zoho, Ajv, LinkedIn
			if r := rowOf(m.Name()); r != nil && r.place > 0 && r.place < weakPlace && m.Whole() != "" {
				return "", m.Whole()
			}
		}
	}
	loc := v.Get("loc").First() // FastAPI
	if name = loc.Next().Text(); loc.Text() == "body" {
		name = pointerTo(loc.Next())
	}
	return loc.Text(), name
}

// ownField takes the field that an error names beside its message.
func (d *shapes) ownField(v lenient.Value) {
	for m := v.First(); m.Exists(); m = m.Next() {
		at := m
		switch m.Name() {
		case "param", "field", "fieldName", "parameter": // Stripe, Mollie
		case "details": // Zoho
			at = m.Get("api_name")
		default:
			continue
		}
		if name := at.Whole(); name != "" {
			d.more.fields = []Field{{Pointer: pointerOf(name), ErrorCode: d.e.code, Message: d.e.message}}
			return
		}
	}
}

// pointerTo returns the JSON Pointer of a path, given its first step.
func pointerTo(step lenient.Value) string {
	var b []byte
	for ; step.Exists(); step = step.Next() {
		b = appendToken(b, step.Text()+step.Get("key").Text()) // Valibot
	}
	return string(b)
}

// pointerOf returns the JSON Pointer that a location stands for, which may be
// one, one in a URI fragment, or a path such as items[0].price. What is in
// brackets is one name, dots and all: metadata.labels[example.com/tier]. What has
// an @ or a space before that is no path but a name: someone@example.com.
func pointerOf(s string) string {
	if fragment, ok := strings.CutPrefix(s, "#"); ok {
		return unescapePercent(fragment)
	}
	if strings.HasPrefix(s, "/") {
		return s
	}
	if i := ascii.IndexAny(s, "[@ "); i >= 0 && s[i] != '[' {
		return string(appendToken(nil, s))
	}
	var b []byte
	if rest := strings.TrimPrefix(s, "$"); rest == "" || rest[0] == '.' || rest[0] == '[' {
		s = rest
	}
	for s != "" {
		var token string
		switch i := ascii.IndexAny(s, ".["); {
		case i < 0:
			token, s = s, ""
		case i > 0 || s[0] == '.':
			token, s = s[:i], strings.TrimPrefix(s[i:], ".")
		default:
			token, s, _ = strings.Cut(s[1:], "]")
			if n := len(token); n > 1 && token[0] == token[n-1] && (token[0] == '"' || token[0] == '\'') {
				token = token[1 : n-1]
			}
		}
		if token != "" {
			b = appendToken(b, token)
		}
	}
	return string(b)
}

// appendToken appends a reference token of a JSON Pointer and the slash before
// it. RFC 6901, Section 3.
func appendToken(b []byte, token string) []byte {
	b = append(b, '/')
	for i := range len(token) {
		switch c := token[i]; c {
		case '~', '/':
			b = append(b, '~', '0'+(c&1)) // ~0 and ~1
		default:
			b = append(b, c)
		}
	}
	return b
}

func unescapePercent(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if hi, lo := s[i+1], s[i+2]; ascii.IsHex(hi) && ascii.IsHex(lo) {
				b = append(b, ascii.HexValue(hi)<<4|ascii.HexValue(lo))
				i += 2
				continue
			}
		}
		b = append(b, s[i])
	}
	return lenient.ToValid(string(b))
}
