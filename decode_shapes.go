package httpstatus

import (
	"strconv"
	"strings"

	"example.com/httpstatus/internal/ascii"
)

// shapes reads the JSON in which servers tell of errors.
type shapes struct {
	e       *Error
	problem bool // declared as application/problem+json
	more    details
	used    []*jsonValue // the members that have found their place
}

func (d *shapes) read(v *jsonValue) {
	switch v.kind {
	case jsonString:
		d.e.message = v.text
	case jsonArray:
		d.list(v) // Salesforce
	case jsonObject:
		if d.problem || looksLikeProblem(v) {
			d.readProblem(v)
		} else {
			d.readObject(v)
		}
	}
	if d.more.fields != nil || d.more.extensions != nil || d.more.typ != "" || d.more.title != "" || d.more.instance != "" {
		d.e.more = &d.more
	}
}

// looksLikeProblem reports whether v is a problem details object that is not
// declared as one.
func looksLikeProblem(v *jsonValue) bool {
	title, detail := v.get("title").kind == jsonString, v.get("detail").kind == jsonString
	return title && (detail || v.get("status").kind == jsonNumber) || (title || detail) && isURIReference(v.str("type"))
}

// readProblem reads a problem details object. Of the wrong type is as good as
// not there; the status member is only advisory. RFC 9457, Section 3.1.
func (d *shapes) readProblem(v *jsonValue) {
	d.more.typ = v.whole("type")
	d.more.title = v.str("title")
	d.more.instance = v.whole("instance")
	if d.e.message = v.str("detail"); d.e.message == "" {
		d.e.message = d.more.title
	}
	if code := v.get("code"); code.kind == jsonString {
		d.e.code = v.whole("code")
		d.use(code)
	} else {
		d.e.code = d.number(v, "code")
	}
	d.fields(v, true)
	for i := range v.members {
		if m := &v.members[i]; !isProblemMember(m.name) {
			d.extend(m)
		}
	}
}

func (d *shapes) readObject(v *jsonValue) {
	holder := v
	for _, name := range [...]string{"error", "odata.error", "Error", "detail"} {
		if inner := v.get(name); inner.kind == jsonObject {
			holder = inner
			d.use(inner)
			break
		}
	}
	if holder == v && len(v.members) == 1 { // OpenStack: {"itemNotFound":{"code":404,"message":"…"}}
		if m := &v.members[0]; m.value.str("message") != "" && m.value.get("code").kind == jsonNumber {
			holder = &m.value
			d.use(holder)
			d.e.code = m.name
		}
	}
	d.message(holder)
	if d.e.code == "" {
		d.code(holder)
	}
	if holder != v && d.e.code == "" {
		d.e.code = holder.get("errors").first().whole("reason") // Google, of old
	}
	if holder != v && d.e.message == "" {
		d.message(v)
	}
	if holder != v && d.e.code == "" {
		d.code(v)
	}
	for _, name := range [...]string{"errors", "error", "detail", "errorMessages", "message"} {
		if d.e.message != "" {
			break
		}
		switch list := holder.get(name); {
		case list.kind == jsonArray:
			d.list(list)
		case name == "errors" && list.kind == jsonString: // Shopify
			d.e.message = list.text
			d.use(list)
		}
	}
	d.errorText(v)
	if t := v.whole("type"); isURIReference(t) {
		d.more.typ = t
		d.use(v.get("type"))
	}
	d.fields(holder, false)
	if holder != v {
		d.fields(v, false)
	} else if d.e.message == "" && d.e.code == "" && len(d.more.fields) == 0 &&
		(d.e.status == BadRequest || d.e.status == UnprocessableContent) && isFieldMap(v) { // Django REST framework, Rails
		d.fieldMap(v, "")
	}
	if param := holder.whole("param"); param != "" && len(d.more.fields) == 0 {
		d.more.fields = []Field{{Pointer: pointerOf(param), ErrorCode: d.e.code, Message: d.e.message}} // Stripe
	}
	for i := range v.members {
		d.extend(&v.members[i])
	}
	for i := range holder.members { // the later ones of a name win
		if holder != v {
			d.extend(&holder.members[i])
		}
	}
}

// list takes the first of several errors for the error.
func (d *shapes) list(list *jsonValue) {
	first := list.first()
	if inner := first.get("error"); inner.kind == jsonObject { // Google, of a stream
		d.readObject(first)
		return
	}
	switch first.kind {
	case jsonString:
		d.e.message = joinStrings(list)
	case jsonObject:
		d.message(first)
		d.errorText(first)
		if d.e.code == "" {
			d.code(first)
		}
		if d.e.code == "" {
			d.e.code = first.get("extensions").whole("code") // GraphQL
		}
		if list.partial || len(d.more.fields) == 0 {
			d.fieldList(list, false)
		}
	}
}

func (v *jsonValue) first() *jsonValue {
	if v.kind == jsonArray && len(v.members) > 0 {
		return &v.members[0].value
	}
	return &noJSON
}

// joinStrings returns the strings in an array in one line.
func joinStrings(list *jsonValue) string {
	var b strings.Builder
	for i := range list.members {
		if v := &list.members[i].value; v.kind == jsonString && v.text != "" {
			if b.Len() > 0 {
				b.WriteString("; ")
			}
			b.WriteString(v.text)
		}
	}
	return b.String()
}

// message looks for the text for people in an object.
func (d *shapes) message(v *jsonValue) {
	for _, name := range [...]string{
		"message", "Message", "error_description", "errorMessage", "error_message", "msg",
		"detail", "details", "description", "errorSummary", "title", "reason", "hydra:description",
	} {
		if d.e.message = v.str(name); d.e.message != "" {
			d.use(v.get(name))
			return
		}
	}
	d.e.message = v.get("message").str("value") // OData
}

// errorText takes a string member "error" that is no error code for the text,
// where there is no better one.
func (d *shapes) errorText(v *jsonValue) {
	if text := v.str("error"); d.e.message == "" && strings.Contains(text, " ") {
		d.e.message = text
		d.use(v.get("error"))
	}
}

// code looks for the code for programs in an object, after message.
func (d *shapes) code(v *jsonValue) {
	if d.errorCode(v) {
		return
	}
	for _, name := range [...]string{"code", "Code", "errorCode", "error_code", "errorType"} {
		if d.e.code = v.whole(name); d.e.code != "" {
			d.use(v.get(name))
			return
		}
	}
	if d.e.code = awsErrorType(v.whole("__type")); d.e.code != "" {
		d.use(v.get("__type"))
		return
	}
	if status := v.whole("status"); isUpperSnake(status) { // Google
		d.e.code = status
		d.use(v.get("status"))
		return
	}
	if t := v.whole("type"); t != "" && t != "error" && t != "error.list" && t != "field" && !isURIReference(t) && !strings.Contains(t, " ") { // Stripe, Elasticsearch
		d.e.code = t
		d.use(v.get("type"))
		return
	}
	if reason := v.get("reason"); reason.kind == jsonString && !d.isUsed(reason) && !reason.partial { // Kubernetes
		d.e.code = reason.text
		d.use(reason)
		return
	}
	for _, name := range [...]string{"code", "errorCode", "error_code"} {
		if d.e.code = d.number(v, name); d.e.code != "" {
			return
		}
	}
}

// errorCode takes a string member "error" for the error code. It is one in our
// format and in OAuth; others have text there, and Spring, NestJS and Fastify
// the phrase of the status code, whose number they send along.
func (d *shapes) errorCode(v *jsonValue) bool {
	m := v.get("error")
	text := v.whole("error")
	numbered := v.get("status").kind == jsonNumber || v.get("statusCode").kind == jsonNumber
	coded := v.get("code").kind == jsonString
	own := v.get("message").kind == jsonString && !numbered && !coded
	switch {
	case text == "" || d.isUsed(m):
		return false
	case numbered && (strings.Contains(text, " ") || ascii.EqualFold(text, d.e.status.Phrase())):
		d.use(m)
		return false
	case text == v.str("message") && v.get("code").kind == jsonNumber: // gRPC gateway, of old
		d.use(m)
		return false
	case !own && (strings.Contains(text, " ") || coded):
		return false
	}
	d.e.code = text
	d.use(m)
	return true
}

// number returns a numeric error code as its digits. One that only repeats the
// status code is none; those of gRPC have names.
func (d *shapes) number(v *jsonValue, name string) string {
	m := v.get(name)
	if m.kind != jsonNumber || m.partial {
		return ""
	}
	if m.text == strconv.Itoa(int(d.e.status)) {
		return ""
	}
	n := 0 // a code of gRPC
	if len(m.text) <= 2 && ascii.AllDigits(m.text) {
		for _, b := range []byte(m.text) {
			n = n*10 + int(b-'0')
		}
	}
	if 0 < n && n < len(grpcCodes) && v.get("message").kind == jsonString &&
		(v.get("details").kind == jsonArray || v.str("error") != "" && v.str("error") == v.str("message")) {
		return grpcCodes[n]
	}
	return m.text
}

// grpcCodes are the names that Connect and Twirp give to the codes of gRPC,
// which its gateway sends as numbers.
var grpcCodes = [...]string{
	1: "canceled", 2: "unknown", 3: "invalid_argument", 4: "deadline_exceeded", 5: "not_found", 6: "already_exists",
	7: "permission_denied", 8: "resource_exhausted", 9: "failed_precondition", 10: "aborted", 11: "out_of_range",
	12: "unimplemented", 13: "internal", 14: "unavailable", 15: "data_loss", 16: "unauthenticated",
}

// awsErrorType returns the bare name out of
// "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException" or
// "ValidationException:http://internal.amazon.com/coral/".
func awsErrorType(s string) string {
	s, _, _ = strings.Cut(s, ":")
	return s[strings.LastIndexByte(s, '#')+1:]
}

func isUpperSnake(s string) bool {
	for i := range len(s) {
		if (s[i] < 'A' || s[i] > 'Z') && s[i] != '_' {
			return false
		}
	}
	return s != ""
}

// isURIReference reports whether a "type" is that of a problem, rather than a
// word.
func isURIReference(s string) bool { return strings.ContainsAny(s, ":/") && !strings.Contains(s, " ") }

// fields collects what is wrong with the parts of the request.
func (d *shapes) fields(v *jsonValue, problem bool) {
	for _, name := range [...]string{
		"fields", "errors", "details", "detail", "violations", "invalid-params", "invalid_params", "issues",
		"message", "ModelState", "modelState",
	} {
		if len(d.more.fields) > 0 {
			return
		}
		switch list := v.get(name); list.kind {
		case jsonArray:
			d.fieldList(list, name == "fields" || problem && name == "errors")
			if name == "fields" && len(d.more.fields) == len(list.members) {
				d.use(list)
			}
		case jsonObject:
			if causes := list.get("causes"); causes.kind == jsonArray { // Kubernetes
				d.fieldList(causes, false)
			} else if errors := list.get("errors"); name == "details" && errors.kind == jsonArray { // Strapi
				d.fieldList(errors, false)
			} else if name == "errors" || name == "fields" || !problem && (name == "ModelState" || name == "modelState" ||
				name == "details" && isFieldMap(list) || name == "message" && d.e.message == "") { // ASP.NET, Zendesk, GitLab
				d.fieldMap(list, "")
			}
		}
	}
}

// fieldList reads a list of objects. Without all, only those count that say
// where something is wrong.
func (d *shapes) fieldList(list *jsonValue, all bool) {
	for i := range list.members {
		v := &list.members[i].value
		if v.kind != jsonObject {
			continue
		}
		inner := v.get("fieldViolations") // Google
		if inner.kind != jsonArray {
			inner = v.get("debug").get("fieldViolations") // Connect
		}
		if inner.kind == jsonArray {
			d.fieldList(inner, false)
			continue
		}
		text, f := fieldOf(v), place(v)
		f.ErrorCode, f.Message = text.ErrorCode, text.Message
		if names := v.get("fields"); f.place() == "" && names.first().kind == jsonString { // Salesforce
			for j := range names.members {
				if name := &names.members[j].value; name.kind == jsonString && !name.partial {
					f.Pointer = pointerOf(name.text)
					d.more.fields = append(d.more.fields, f)
				}
			}
			continue
		}
		if f.place() != "" || all && f != (Field{}) {
			d.more.fields = append(d.more.fields, f)
		}
	}
}

// fieldOf returns what an object says of a field, but for where that is.
func fieldOf(v *jsonValue) (f Field) {
	for _, name := range [...]string{"message", "detail", "msg", "description", "defaultMessage", "title"} {
		if f.Message = v.str(name); f.Message != "" {
			break
		}
	}
	for _, name := range [...]string{"error", "code", "errorCode", "type", "reason", "issue"} {
		if f.ErrorCode = v.whole(name); f.ErrorCode == "field" && name == "type" { // express-validator
			f.ErrorCode = ""
		}
		if f.ErrorCode != "" {
			break
		}
	}
	if f.Message == "" && strings.Contains(f.ErrorCode, " ") { // RFC 7807's invalid-params
		f.Message, f.ErrorCode = f.ErrorCode, ""
	}
	return f
}

// fieldMap reads an object whose members are the fields and what is wrong with
// them, as that of Laravel and ASP.NET. What they say of no field in particular
// is the message, or else of the content as a whole, whose pointer is empty.
// Objects nested deeper than any form is are left alone.
func (d *shapes) fieldMap(v *jsonValue, parent string) {
	const deepest = 128 // bytes of the pointer
	for i := range v.members {
		m := &v.members[i]
		if m.value.kind == jsonObject {
			if pointer := parent + pointerOf(m.name); len(pointer) <= deepest {
				d.fieldMap(&m.value, pointer)
			}
			continue
		}
		pointer := parent
		if parent == "" && isNoField(m, len(v.members) == 1) {
			if d.e.message == "" {
				d.e.message = m.value.text + joinStrings(&m.value)
				continue
			}
		} else if m.name != "_errors" { // Discord
			pointer += pointerOf(m.name)
		}
		switch m.value.kind {
		case jsonString:
			d.more.fields = append(d.more.fields, Field{Pointer: pointer, Message: m.value.text})
		case jsonArray:
			for j := range m.value.members {
				switch text := &m.value.members[j].value; text.kind {
				case jsonString:
					d.more.fields = append(d.more.fields, Field{Pointer: pointer, Message: text.text})
				case jsonObject:
					f := fieldOf(text)
					f.Pointer = pointer
					if f.Message != "" || f.ErrorCode != "" {
						d.more.fields = append(d.more.fields, f)
					}
				}
			}
		}
	}
}

// isNoField reports whether a member of a map of fields speaks of the whole:
// those of Django REST framework and Rails, and Phoenix's one text.
func isNoField(m *jsonMember, alone bool) bool {
	switch m.name {
	case "non_field_errors", "__all__", "base":
		return true
	case "detail":
		return alone && m.value.kind == jsonString
	}
	return false
}

// isFieldMap reports whether v is nothing but names with lists of what is wrong.
func isFieldMap(v *jsonValue) bool {
	for i := range v.members {
		switch m := &v.members[i].value; m.kind {
		case jsonArray:
			if first := m.first(); first.kind != jsonString && (first.kind != jsonObject || fieldOf(first).Message == "") {
				return false
			}
		case jsonObject:
			if !isFieldMap(m) {
				return false
			}
		default:
			return false
		}
	}
	return len(v.members) > 0
}

// place returns where an error says that it is, as a field without the rest.
func place(v *jsonValue) Field {
	source := v.get("source") // JSON:API
	for _, at := range [...]*jsonValue{v, source} {
		if p := at.whole("pointer"); p != "" {
			return Field{Pointer: pointerOf(p)}
		}
		if p := at.whole("parameter"); p != "" {
			return Field{Parameter: p}
		}
		if h := at.whole("header"); h != "" {
			return Field{Header: h}
		}
	}
	path := v.get("path")
	if path.kind == jsonArray && v.get("locations") == &noJSON { // Zod, but not GraphQL
		return Field{Pointer: pointerTo(path.members)}
	}
	in, rest, dotted := strings.Cut(v.whole("location"), ".")
	if dotted { // huma
		return placeIn(in, rest)
	}
	if in == "" {
		in = "body"
	} else if path.kind == jsonString && !path.partial { // express-validator
		return placeIn(in, path.text)
	}
	for _, name := range [...]string{"field", "target", "param", "propertyPath", "instancePath", "name"} {
		if p := v.whole(name); p != "" {
			return placeIn(in, p) // PayPal has a location too
		}
	}
	if loc := v.get("loc"); loc.kind == jsonArray && len(loc.members) > 1 { // FastAPI
		if in := loc.first().text; in != "body" {
			return placeIn(in, loc.members[1].value.text)
		}
		return Field{Pointer: pointerTo(loc.members[1:])}
	}
	return Field{}
}

// placeIn returns the place of that name in a part of the request.
func placeIn(part, name string) Field {
	switch part {
	case "body":
		return Field{Pointer: pointerOf(name)}
	case "query", "path", "params":
		return Field{Parameter: name}
	case "header", "headers":
		return Field{Header: name}
	}
	return Field{}
}

func pointerTo(path []jsonMember) string {
	var b strings.Builder
	for i := range path {
		writeToken(&b, path[i].value.text)
	}
	return b.String()
}

// pointerOf returns the JSON Pointer that a location stands for, which may be
// one, one in a URI fragment, or a path such as items[0].price. What is in
// brackets is one name, dots and all: metadata.labels[example.com/tier].
func pointerOf(s string) string {
	if fragment, ok := strings.CutPrefix(s, "#"); ok {
		return unescapePercent(fragment)
	}
	if strings.HasPrefix(s, "/") {
		return s
	}
	var b strings.Builder
	s = strings.TrimPrefix(s, "$")
	for s != "" {
		var token string
		switch i := strings.IndexAny(s, ".["); {
		case i < 0:
			token, s = s, ""
		case i > 0 || s[0] == '.':
			token, s = s[:i], strings.TrimPrefix(s[i:], ".")
		default:
			token, s, _ = strings.Cut(s[1:], "]")
			token = strings.Trim(token, `"'`)
		}
		if token != "" {
			writeToken(&b, token)
		}
	}
	return b.String()
}

func writeToken(b *strings.Builder, token string) {
	b.WriteByte('/')
	for i := range len(token) {
		switch token[i] {
		case '~':
			b.WriteString("~0")
		case '/':
			b.WriteString("~1")
		default:
			b.WriteByte(token[i])
		}
	}
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
	return strings.ToValidUTF8(string(b), "\ufffd")
}

func (d *shapes) use(v *jsonValue) { d.used = append(d.used, v) }

func (d *shapes) isUsed(v *jsonValue) bool {
	for _, u := range d.used {
		if u == v {
			return true
		}
	}
	return false
}

// extend keeps a member that has found no other place. Half a string or number
// is not kept.
func (d *shapes) extend(m *jsonMember) {
	v := &m.value
	if d.isUsed(v) || v.partial && (v.kind == jsonString || v.kind == jsonNumber) {
		return
	}
	d.more.extensions = append(d.more.extensions, extension{name: m.name, received: v})
}
