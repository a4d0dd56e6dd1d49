package httpstatus

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"example.com/httpstatus/internal/ascii"
	"example.com/httpstatus/internal/lenient"
)

// A row says what a member of an error object is by its name: as a string or a
// number, the message or the error code; as an object or a list, where to look
// for them, or for fields. Zeros mean that it is not. Names are written without
// "_", "-" and spaces and in lower case, for errorCode, error_code and ErrorCode
// are one.
type row struct {
	name string

	text   uint8 // a message: 1 is the best, from lateText on after what is further inside
	code   uint8 // an error code: 1 is the best, and what it is worth goes by the ranks below
	number bool  // a number is an error code too
	inner  uint8 // an object with the message inside: 1 is looked into first, in any case
	list   uint8 // a list of errors, or of messages: 1 is the best
	fields uint8 // a list or a map of fields, or an object with one inside: 1 is the best
	isMap  bool  // an object of that name has the names of fields, even if they look like something else
	place  uint8 // the name of a field: 1 is the best
}

// How much an error code says: below wordCode it is called a code, below
// numberCode it is a word that tells of errors by kind, such as a type, and from
// feebleCode on it may be one, as a name or an id. A better one of an object
// counts before a lesser one of the object inside it only if it is called a code.
const (
	wordCode   = 16
	numberCode = 32
	feebleCode = 48
	worstCode  = 255
)

// lateText is the first rank of the texts that are taken only where nothing
// further inside has a better one.
// From sentence on they are taken only if they read like one. The others are those
// of what a resource has too.
const (
	descriptionText = 12
	titleText       = 33
	lateText        = 40
	sentence        = 48
)

// rows is sorted by name.
var rows = [...]row{
	{name: "#text", text: 30},
	{name: ".tag", code: 24}, // Dropbox
	{name: "_embedded", fields: 18},
	{name: "_error", inner: 1},
	{name: "_issues", fields: 13, isMap: true}, // Eve
	{name: "_type", code: 18},                  // __type of AWS
	{name: "apierrorcode", code: 1, number: true},
	{name: "apiname", place: 2}, // Zoho
	{name: "argumentname", place: 2},
	{name: "attr", place: 9},
	{name: "attribute", place: 9},
	{name: "body", inner: 9},
	{name: "category", code: 50},
	{name: "categorycode", code: 5},
	{name: "causes", fields: 10},
	{name: "class", code: 49},
	{name: "cod", number: true}, // OpenWeather
	{name: "code", code: 1, number: true},
	{name: "codigo", code: 5},
	{name: "constraint", code: 23},
	{name: "constraintviolations", list: 13, fields: 7, isMap: true},
	{name: "content", inner: 15},
	{name: "context", place: 9},
	{name: "contextinfo", fields: 19},
	{name: "customcode", code: 5},
	{name: "data", inner: 7, list: 22, fields: 22},
	{name: "datacode", code: 5}, // $dataCode of Sage
	{name: "datapath", place: 5},
	{name: "debug", fields: 20},
	{name: "debugmessage", text: 23},
	{name: "defaultmessage", text: 9},
	{name: "desc", text: 12},
	{name: "descricao", text: 12},
	{name: "descripcion", text: 12},
	{name: "description", text: descriptionText, list: 9},
	{name: "detail", text: 10, inner: 3, list: 5, fields: 12},
	{name: "details", text: 11, inner: 4, list: 6, fields: 11},
	{name: "developermessage", text: 22},
	{name: "diagnostics", text: lateText},
	{name: "displaymessage", text: 8},
	{name: "ecode", code: 6}, // of ClickUp, all in upper case
	{name: "elements", list: 23},
	{name: "en", text: 30}, // a text in several languages
	{name: "err", text: 16, inner: 1},
	{name: "errcode", code: 3, number: true},
	{name: "errmsg", text: 6},
	{name: "errno", code: 6, number: true},
	{name: "error", number: true, inner: 1, list: 2, fields: 16},
	{name: "errorarray", list: 2},
	{name: "errorcauses", list: 19, fields: 17},
	{name: "errorclass", code: 22},
	{name: "errorcode", code: 2, number: true},
	{name: "errorcodelabel", text: lateText + 2},
	{name: "errordata", inner: 20},
	{name: "errordescription", text: 2},
	{name: "errordetail", text: 13, inner: 19},
	{name: "errordetails", text: 13, list: 17, fields: 15},
	{name: "errorid", code: 8, number: true},
	{name: "errorinfo", text: lateText + 1},
	{name: "errorkey", code: 5},
	{name: "errormessage", text: 3, list: 9},
	{name: "errormessages", text: 3, list: 10, fields: 20},
	{name: "errormsg", text: 4},
	{name: "errorname", code: 16},
	{name: "errornum", number: true},
	{name: "errornumber", code: 6, number: true},
	{name: "errorpoint", place: 3},
	{name: "errorresponse", inner: 1},
	{name: "errors", text: 35, inner: 6, list: 1, fields: 2, isMap: true},
	{name: "errorsummary", text: 14},
	{name: "errortag", code: 9},
	{name: "errortext", text: 15},
	{name: "errortype", code: 17},
	{name: "errtext", text: 15},
	{name: "exception", text: lateText + 5, code: 52, inner: 1},
	{name: "exceptioncode", code: 5},
	{name: "exceptionname", code: 52},
	{name: "exceptiontext", text: 17},
	{name: "explanation", text: 18},
	{name: "extensions", inner: 24}, // GraphQL
	{name: "extra", fields: 20},
	{name: "failedvalidation", fields: 21, isMap: true},
	{name: "failurereason", text: 19},
	{name: "failures", list: 21},
	{name: "fault", text: 31, inner: 1},
	{name: "faultcode", code: 4},
	{name: "faultstring", text: 7},
	{name: "field", place: 1},
	{name: "fielderrors", list: 14, fields: 5, isMap: true},
	{name: "fieldlist", fields: 5},
	{name: "fieldname", place: 2},
	{name: "fieldpath", place: 2},
	{name: "fields", fields: 1, isMap: true},
	{name: "fieldviolations", fields: 3, isMap: true},
	{name: "formerrors", list: 21},
	{name: "fullmessages", list: 24},
	{name: "generalerrors", list: 20},
	{name: "header", inner: 12},
	{name: "helpmessage", text: 12},
	{name: "httpmessage", text: lateText + 6},
	{name: "hydra:description", text: 21},
	{name: "id", code: 49},
	{name: "in", place: 13},
	{name: "info", text: lateText + 1, inner: 21},
	{name: "infocode", code: 5, number: true},
	{name: "innererror", inner: 22},
	{name: "innerexception", inner: 23},
	{name: "instancepath", place: 4},
	{name: "internalreason", text: 20}, // Google Data
	{name: "invalidattributes", fields: 9, isMap: true},
	{name: "invalidfields", fields: 9, isMap: true},
	{name: "invalidparameters", list: 16, fields: 9, isMap: true},
	{name: "invalidparams", list: 15, fields: 8, isMap: true},
	{name: "issue", text: lateText + 3, code: 23, list: 3, fields: 14},
	{name: "issues", list: 4, fields: 13},
	{name: "json", inner: 5},
	{name: "key", code: 51, place: 12},
	{name: "keyword", code: 24},
	{name: "kind", code: 27},
	{name: "legacycode", code: 9}, // Braintree
	{name: "longmessage", text: 24},
	{name: "mensagem", text: 4},
	{name: "mensaje", text: 4},
	{name: "message", text: 1, inner: 2, list: 7, fields: 23},
	{name: "messageid", code: 22},
	{name: "messagelist", list: 8},
	{name: "messages", inner: 16, list: 8, fields: 24},
	{name: "messagetext", text: 17},
	{name: "messagetranslations", inner: 2},
	{name: "meta", inner: 13},
	{name: "missingproperty", place: 2}, // Ajv
	{name: "modelstate", fields: 21, isMap: true},
	{name: "moreinformation", text: 27},
	{name: "msg", text: 5},
	{name: "name", code: 48, place: 11},
	{name: "number", code: 53},
	{name: "o:errorcode", code: 3}, // Oracle
	{name: "o:errordetails", list: 18, fields: 15},
	{name: "odata.error", inner: 1},
	{name: "param", place: 8},
	{name: "parametername", place: 8},
	{name: "parameterviolations", list: 12, fields: 6}, // Quarkus
	{name: "paramname", place: 8},
	{name: "params", fields: 25, isMap: true},
	{name: "payload", inner: 14},
	{name: "property", place: 6},
	{name: "propertyname", place: 7},
	{name: "propertypath", place: 3},
	{name: "propertyviolations", list: 13, fields: 7},
	{name: "reason", text: lateText + 4, code: 26, inner: 17},
	{name: "reasoncode", code: 9, number: true},
	{name: "requesterror", inner: 1},
	{name: "respcode", code: 7, number: true},
	{name: "respmsg", text: 20},
	{name: "response", text: sentence, inner: 8},
	{name: "responsecode", code: 7, number: true},
	{name: "responsemessage", text: 20},
	{name: "responsestatus", inner: 1},
	{name: "resptext", text: 20},
	{name: "result", inner: 10},
	{name: "resultcode", code: 7, number: true},
	{name: "resultmessage", text: 20},
	{name: "retcode", code: 7, number: true},
	{name: "retmsg", text: 20},
	{name: "returncode", code: 7, number: true},
	{name: "returnmessage", text: 20},
	{name: "rule", code: 24},
	{name: "scimtype", code: 4},
	{name: "serviceerrorcode", code: 3, number: true},
	{name: "shortmessage", text: 26},
	{name: "status", code: 19, inner: 11},
	{name: "statuscode", code: 7, number: true},
	{name: "statusdesc", text: 20},
	{name: "statusdescription", text: 20},
	{name: "statusmessage", text: 20},
	{name: "summary", text: 25},
	{name: "sys", inner: 1}, // Contentful
	{name: "target", place: 10},
	{name: "text", text: 17},
	{name: "title", text: titleText},
	{name: "type", code: 20},
	{name: "typekey", code: 25},
	{name: "usermessage", text: 8},
	{name: "validation", fields: 9, isMap: true},
	{name: "validationerrors", list: 11, fields: 4, isMap: true},
	{name: "validationfailures", list: 11, fields: 4},
	{name: "value", inner: 18},
	{name: "violationpath", place: 3},
	{name: "violations", list: 12, fields: 6, isMap: true},
	{name: "~code", code: 10, number: true}, // what a name ends in: see endings
	{name: "~error", text: sentence, inner: 25, fields: 18},
	{name: "~errors", inner: 6, list: 19, fields: 17},
	{name: "~message", text: 28},
	{name: "~text", text: sentence + 1},
}

// endings are the rows for names that are none of them, but end as one of them.
var endings = [...]struct{ ending, row string }{
	{"errorcode", "~code"}, {"errormessage", "~message"}, {"error", "~error"}, {"errors", "~errors"}, {"fault", "~error"}, {"exception", "~error"},
	{"responsecode", "~code"}, {"errordescription", "~message"}, {"message", "~text"},
}

// rowOf returns the row for a member; nil if there is none.
func rowOf(name string) *row {
	var folded [32]byte
	n := 0
	for i := range len(name) {
		b := name[i]
		if n > 0 && (b == '_' || b == '-' || b == ' ') || b == '$' {
			continue
		}
		if n == len(folded) {
			return nil
		}
		folded[n] = ascii.Lower(b)
		n++
	}
	low, high := 0, len(rows)
	for low < high {
		if middle := (low + high) / 2; rows[middle].name < string(folded[:n]) {
			low = middle + 1
		} else {
			high = middle
		}
	}
	if low < len(rows) && rows[low].name == string(folded[:n]) {
		return &rows[low]
	}
	for _, e := range endings {
		if name := string(folded[:n]); strings.HasSuffix(name, e.ending) && n > len(e.ending) && name != "default" {
			return rowOf(e.row)
		}
	}
	return nil
}

// shapes reads the JSON and the XML in which servers tell of errors. It follows
// the rows from the outermost object to the one that has the message.
type shapes struct {
	e         *Error
	problem   bool // declared as application/problem+json
	codeRank  uint8
	more      *details
	holders   []lenient.Value // the objects that tell of the error, the outermost first
	used      []lenient.Value // the members that have found their place
	inElement int             // how many lists of errors we are in
	isBare    bool            // we are in a list that may be one of resources
}

// shapeDepth is how many objects are looked into, one inside the other.
const shapeDepth = 8

func (d *shapes) read(v lenient.Value) {
	d.more, d.used = new(details), make([]lenient.Value, 0, 8)
	switch v.Kind() {
	case lenient.String:
		d.e.message = v.Text()
	case lenient.Array:
		d.list(v, shapeDepth) // Salesforce
		d.fieldList(v, false, shapeDepth)
		if d.isSilent() {
			d.fieldMaps(v)
		}
	case lenient.Object:
		if d.problem || looksLikeProblem(v) {
			d.readProblem(v)
			break
		}
		if d.object(v, shapeDepth); d.isNothing() {
			d.search(v, shapeDepth)
		}
		if t := v.Get("type"); isURIReference(t.Whole()) {
			d.more.typ = t.Whole()
			d.use(t)
		}
		for i := len(d.holders) - 1; i >= 0 && len(d.more.fields) == 0; i-- {
			d.fieldsIn(d.holders[i], false, shapeDepth)
		}
		if d.isSilent() && isFieldMap(v, shapeDepth) { // Django REST framework, Rails
			d.holders, d.used = d.holders[:1], nil
			d.fieldMap(v, "")
		}
	}
	if len(d.more.fields) == 0 && len(d.holders) > 0 {
		d.ownField(d.holders[len(d.holders)-1])
	}
	for _, h := range d.holders {
		for m := h.First(); m.Exists(); m = m.Next() {
			d.extend(m)
		}
	}
	if d.more.fields != nil || d.more.extensions != nil || d.more.typ != "" || d.more.title != "" || d.more.instance != "" {
		d.e.more = d.more
	}
}

// readAgain reads a message that is JSON itself, as that of a server that passes
// on what another one said.
func (d *shapes) readAgain() {
	if firstByte(d.e.message) != '{' {
		return
	}
	v := lenient.JSON(d.e.message)
	if v.Partial() {
		return
	}
	inner := shapes{e: &Error{status: d.e.status}}
	if inner.read(v); inner.e.message == "" {
		return
	}
	d.e.message = inner.e.message
	if d.e.code == "" {
		d.e.code = inner.e.code
	}
	if inner.e.more != nil && d.e.more == nil {
		d.e.more = &details{fields: inner.more.fields}
	}
}

// isNothing reports whether nothing is known of the error.
func (d *shapes) isNothing() bool {
	return d.e.message == "" && d.e.code == "" && len(d.more.fields) == 0
}

// isSilent reports whether nothing is known of an error that may be one of
// fields.
func (d *shapes) isSilent() bool {
	return d.isNothing() && (d.e.status == BadRequest || d.e.status == UnprocessableContent)
}

// search looks inside of what has no row for the first that is called an error,
// or has what is called an error code and a message.
func (d *shapes) search(v lenient.Value, depth int) {
	for m := v.First(); m.Exists() && depth > 0 && d.isNothing(); m = m.Next() {
		r := rowOf(m.Name())
		isError := r != nil && (r.inner == 1 || r.list == 1)
		switch m.Kind() {
		case lenient.Object:
			f := d.scan(m)
			if isError = isError || f.codeRank > 0 && f.codeRank < wordCode && f.code.Name() != "code"; isError && f.textRank > 0 {
				d.object(m, depth)
			}
		case lenient.Array:
			if isError {
				d.list(m, depth)
			}
		}
		d.search(m, depth-1)
	}
}

// looksLikeProblem reports whether v is a problem details object that is not
// declared as one.
func looksLikeProblem(v lenient.Value) bool {
	title, detail := v.Get("title").Kind() == lenient.String, v.Get("detail").Kind() == lenient.String
	return title && (detail || v.Get("status").Kind() == lenient.Number) || (title || detail) && isURIReference(v.Get("type").String())
}

// readProblem reads a problem details object. A member of the wrong type is
// ignored, and the status member is only advisory. RFC 9457, Section 3.1.
func (d *shapes) readProblem(v lenient.Value) {
	var typ, title, detail, instance, status, code lenient.Value
	for m := v.First(); m.Exists(); m = m.Next() {
		var place *lenient.Value
		switch m.Name() {
		case "type":
			place = &typ
		case "title":
			place = &title
		case "detail":
			place = &detail
		case "instance":
			place = &instance
		case "status": // only advisory
			place = &status
		case "code": // our own extension
			place = &code
		default:
			continue
		}
		if !m.IsXML() || !place.Exists() {
			*place = m
		}
		if place != &code {
			d.use(m)
		}
	}
	d.more.typ, d.more.title, d.more.instance = typ.Whole(), title.String(), instance.Whole()
	if d.e.message = detail.String(); d.e.message == "" {
		d.e.message = d.more.title
	}
	if d.e.code = code.Whole(); d.e.code != "" {
		d.use(code)
	} else if f := d.scan(v); code.Kind() == lenient.Number && d.isCode(code, rowOf("code")) {
		d.e.code = code.Text()
	} else {
		d.takeCode(&f, wordCode-1)
	}
	d.fieldsIn(v, true, shapeDepth)
	d.holders = append(d.holders, v)
}

// found is what one object says, by its rows.
type found struct {
	object      lenient.Value
	text, code  lenient.Value // the best of each
	textRank    uint8
	codeRank    uint8
	inner, list [rankLimit]lenient.Value
	only        lenient.Value // the one member of an object that has no other
	error       lenient.Value // the string "error"
	message     lenient.Value // the string "message"
	numbered    bool          // the number of the status code is sent along
	place       lenient.Value // the best name of a field
	placeRank   uint8
}

// bareList is the first rank of the lists that have errors or anything else.
const bareList = 22

// rankLimit is above all ranks of rows but those of texts.
const rankLimit = 26

func (d *shapes) scan(v lenient.Value) (f found) {
	f.object = v
	members := 0
	for m := v.First(); m.Exists(); m = m.Next() {
		members++
		f.only = m
		r, m := rowOf(m.Name()), m
		if m.IsXML() && m.Name() == "member" { // XML-RPC
			r = rowOf(m.Get("name").Text())
			for m = m.Get("value"); m.Kind() == lenient.Object; {
				m = m.First()
			}
		}
		if r == nil {
			continue
		}
		switch m.Kind() {
		case lenient.String:
			d.scanString(&f, m, r)
		case lenient.Number:
			f.numbered = f.numbered || r.name == "status" || r.name == "statuscode" || r.name == "code" && m.Text() == strconv.Itoa(int(d.e.status))
			if r.number && isBetter(m, numberCode, f.codeRank) && d.isCode(m, r) {
				f.code, f.codeRank = m, numberCode
			}
		case lenient.Object:
			rank := r.inner
			if rank == 0 && r.list > 0 { // a list of one, in XML
				rank = rankLimit - 1
			}
			if rank > 0 && (!m.IsXML() || !f.inner[rank].Exists()) {
				f.inner[rank] = m
			}
		case lenient.Array:
			if r.list > 0 {
				f.list[r.list] = m
			}
		}
	}
	if members != 1 || v.Kind() != lenient.Object {
		f.only = lenient.Value{}
	}
	return f
}

// isResource reports whether what may be a code is more likely the state or the
// type of a resource, such as in-progress or config-map, since nothing beside it
// tells of an error.
func (f *found) isResource() bool {
	if f.codeRank < wordCode || f.codeRank == numberCode || len(f.code.Name()) > len("category") || f.only.Exists() ||
		f.inner != noValues || f.list != noValues {
		return false
	}
	if f.object.Get("id").Exists() { // whose description is no message
		return f.textRank == 0 || f.textRank >= descriptionText && f.textRank < lateText
	}
	code := f.code.Text()
	return (f.textRank == 0 || f.textRank == titleText) && !(isUpperSnake(code) && strings.Contains(code, "_"))
}

func (d *shapes) scanString(f *found, m lenient.Value, r *row) {
	if text := m.Text(); r.text > 0 && isBetter(m, r.text, f.textRank) && text != "" && d.isText(text, r.text) {
		f.text, f.textRank = m, r.text
	}
	if r.code > 0 && isBetter(m, r.code, f.codeRank) && d.isCode(m, r) {
		f.code, f.codeRank = m, r.code
	}
	if r.place > 0 && isBetter(m, r.place, f.placeRank) && m.Whole() != "" && (r.name != "context" || isWord(m.Text())) {
		f.place, f.placeRank = m, r.place
	}
	switch r.name {
	case "error":
		if !m.IsXML() || !f.error.Exists() {
			f.error = m
		}
	case "message":
		if m.Name() == "message" {
			f.message = m
		}
	}
}

// isText reports whether a text whose row tells of a message may be one, rather
// than the phrase of the status once more, a level, or a word.
func (d *shapes) isText(text string, rank uint8) bool {
	switch {
	case rank >= sentence:
		return isSentence(text)
	case rank >= lateText:
		return !isLevel(text)
	}
	return rank == 1 || text != d.e.status.Phrase()
}

// isBetter reports whether a member that comes later has the better rank. Of
// several with the same rank the last one counts in JSON, and in XML the first.
func isBetter(m lenient.Value, rank, than uint8) bool {
	return than == 0 || rank < than || rank == than && !m.IsXML()
}

// isCode reports whether a member whose row tells of a code has one, rather than
// the status once more, a level, or something for people.
func (d *shapes) isCode(m lenient.Value, r *row) bool {
	text := m.Text()
	if rest, again := strings.CutPrefix(text, strconv.Itoa(int(d.e.status))); again && (rest == "" || rest[0] == ' ') {
		return false
	}
	if m.Partial() || text == "" || text == "0" || isLevel(text) {
		return false
	}
	switch {
	case r.name == "statuscode" || r.name == "error": // an error may also be a count, or no more than true
		return (len(text) != 3 || text > "599") && text != "1"
	case m.Kind() == lenient.Number:
		return true
	case r.name == "errorid" && len(text) >= 32: // of this one error
		return false
	case r.code < wordCode:
		return text != d.e.status.Phrase() || !strings.Contains(text, " ") // Conflict may be a word of their own
	case r.name == "_type": // of AWS, which has a namespace
		return !strings.Contains(text, " ")
	case !isWord(text):
		return false
	case r.name == "status" || r.name == "kind":
		return isUpperSnake(text) || ascii.IndexAny(text, "_-") >= 0
	case r.name == "name":
		return isUpperSnake(text) || strings.Contains(text, "_") || strings.HasSuffix(text, "Error") ||
			strings.HasSuffix(text, "Exception") || strings.HasSuffix(text, "Fault") ||
			text[0] < 'a' && isJoined(text, d.e.status.Phrase()) // Feathers: NotFound
	case r.name == "number": // of an issue, in JSON
		return m.IsXML()
	case r.name == "class":
		return strings.Contains(text, "::")
	case r.name == "id": // and no name of this one thing
		return isCompound(text) || isJoined(text, d.e.status.Phrase()) // Heroku: forbidden
	case r.code >= feebleCode: // and no identifier of this one error
		return len(text) > 3 && ascii.IndexAny(text, "0123456789") < 0
	}
	return true
}

// isWord reports whether a text may name a kind of error, as Module::Name does,
// rather than tell of it.
func isWord(s string) bool {
	for i := range len(s) {
		switch b := s[i]; {
		case b <= ' ' || b == '/' || b >= utf8.RuneSelf:
			return false
		case b == ':' && !strings.HasPrefix(s[i:], "::") && !strings.HasSuffix(s[:i], ":"):
			return false
		}
	}
	return true
}

// isLevel reports whether a text says that there is an error, and not which.
func isLevel(text string) bool {
	for _, level := range [...]string{
		"error", "errors", "error.list", "err", "fail", "failed", "failure", "fatal", "critical", "warning", "exception",
		"field", "true", "false", "null", "none", "ok", "ko", "success",
	} {
		if ascii.EqualFold(text, level) {
			return true
		}
	}
	return false
}

// isCompound reports whether a word is made of several, as not_found and NotFound
// are, and has no digits.
func isCompound(s string) bool {
	for i := 1; i < len(s); i++ {
		if s[i] == '_' || 'A' <= s[i] && s[i] <= 'Z' && s[i-1] >= 'a' {
			return ascii.IndexAny(s, "0123456789") < 0
		}
	}
	return false
}

func isUpperSnake(s string) bool {
	for i := range len(s) {
		if (s[i] < 'A' || s[i] > 'Z') && s[i] != '_' {
			return false
		}
	}
	return s != ""
}

// isJoined reports whether name is the phrase without its spaces, in any case. It
// does without [strings.ReplaceAll], which few programs have linked already.
func isJoined(name, phrase string) bool {
	for i := range len(phrase) {
		if phrase[i] == ' ' {
			continue
		}
		if name == "" || ascii.Lower(name[0]) != ascii.Lower(phrase[i]) {
			return false
		}
		name = name[1:]
	}
	return name == ""
}

// isURIReference reports whether a "type" is that of a problem, rather than a
// word.
func isURIReference(s string) bool { return ascii.IndexAny(s, ":/") >= 0 && !strings.Contains(s, " ") }

// object reads an object that tells of an error, or has one inside that does.
func (d *shapes) object(v lenient.Value, depth int) {
	if depth == 0 {
		return
	}
	if d.inElement == 0 {
		d.holders = append(d.holders, v)
	}
	f := d.scan(v)
	if r := rowOf(v.Name()); (d.inElement == 0 || d.isBare) && (r == nil || r.inner != 1) && f.isResource() {
		f.code, f.codeRank = lenient.Value{}, 0
	}
	first := f.inner[1]
	if !first.Exists() && f.textRank == 0 && (f.only.Kind() == lenient.Object || f.only.First().Kind() == lenient.Object) {
		first = f.only
	}
	d.descend(first, depth)
	if first == f.only && rowOf(first.Name()) == nil && d.e.code == "" &&
		first.Get("message").String() != "" && first.Get("code").Kind() == lenient.Number {
		d.e.code = first.Name() // OpenStack: {"itemNotFound":{"code":404,"message":"…"}}
	}
	if f.textRank < lateText {
		d.takeText(&f)
	}
	word, text := d.readError(&f)
	if word != "" && d.e.code == "" {
		d.e.code, d.codeRank = word, 1
		d.use(f.error)
	}
	d.takeCode(&f, worstCode)
	if isFailure(v) {
		if data := d.scan(v.Get("data")); !isAnswer(&data) {
			d.use(data.object) // not one that tells of the error, but a map of fields
		}
	}
	for _, name := range [...]string{"value", "en"} { // OData, and who has the message in several languages
		if d.e.message == "" {
			d.e.message = v.Get("message").Get(name).String()
		}
	}
	if d.e.message == "" && isSentence(text) && text != d.e.status.Phrase() { // and more inside
		d.e.message = text
		d.use(f.error)
	}
	for rank := 2; rank < rankLimit && d.e.message == ""; rank++ {
		d.descend(f.inner[rank], depth)
		if d.e.message == "" {
			d.descend(f.list[rank-1], depth)
		}
	}
	d.takeText(&f)
	if d.e.message == "" && text != "" {
		d.e.message = text
		d.use(f.error)
	}
	if d.e.code == "" {
		d.codeInside(&f)
	}
}

// descend reads an object or a list inside of another, unless it says nothing of
// an error.
func (d *shapes) descend(v lenient.Value, depth int) {
	switch v.Kind() {
	case lenient.Object:
		if d.isUsed(v) {
			return
		}
		r := rowOf(v.Name())
		f := d.scan(v)
		if r != nil && r.isMap && !v.IsXML() && !isAnswer(&f) {
			return
		}
		if f.textRank == 0 && (f.codeRank == 0 && !f.error.Exists() && !f.only.Exists() && f.inner == noValues && f.list == noValues) {
			return
		}
		if d.inElement == 0 {
			d.use(v)
		}
		d.object(v, depth-1)
	case lenient.Array:
		d.list(v, depth-1)
	}
}

// isFailure reports whether an object is that of JSend for a request that was
// wrong, which has the fields under "data".
func isFailure(v lenient.Value) bool { return v.Get("status").Whole() == "fail" }

// isAnswer reports whether an object under a name that most often has a map of
// fields tells of one error: it has a message, and nothing else or a code.
func isAnswer(f *found) bool {
	name := f.text.Name()
	return (name == "message" || name == "detail") && (f.only.Exists() || f.codeRank > 0)
}

var noValues [rankLimit]lenient.Value // never changed

// list takes the first of several errors for the error, and the texts of a list
// of them in one line.
func (d *shapes) list(list lenient.Value, depth int) {
	switch first := list.First(); first.Kind() {
	case lenient.Array:
		if depth > 0 {
			d.list(first, depth-1)
		}
	case lenient.String, lenient.Number:
		if !d.tuple(list) {
			d.e.message = joinStrings(list)
		}
	case lenient.Object:
		r := rowOf(list.Name())
		d.isBare = r == nil || r.list >= bareList
		d.inElement++
		d.object(first, depth)
		d.inElement--
	}
}

// tuple reads an error that is a list: its code, its message, and the name of a
// field if there is one, after a level such as "error".
func (d *shapes) tuple(list lenient.Value) bool {
	code := list.First()
	if isLevel(code.Text()) {
		code = code.Next()
	}
	text := code.Next()
	if code.Kind() != lenient.Number && !isUpperSnake(code.Whole()) || text.String() == "" || isUpperSnake(text.Text()) {
		return false
	}
	d.e.code, d.e.message = code.Text(), text.Text()
	if at := text.Next().Whole(); at != "" && isWord(at) { // Reddit
		d.addField(Field{Pointer: pointerOf(at), ErrorCode: d.e.code, Message: d.e.message})
	}
	return true
}

// joinStrings returns the strings in an array in one line.
func joinStrings(list lenient.Value) string {
	var b []byte
	for m := list.First(); m.Exists(); m = m.Next() {
		if text := m.String(); text != "" {
			if len(b) > 0 {
				text = "; " + text
			}
			b = append(b, text...)
		}
	}
	return string(b)
}

func (d *shapes) takeText(f *found) {
	if d.e.message == "" && f.textRank > 0 && !d.isUsed(f.text) {
		d.e.message = f.text.Text()
		d.use(f.text)
	}
}

// takeCode takes the code of an object, if it is no worse than atMost. One that
// was found inside of it is replaced only by a better one.
func (d *shapes) takeCode(f *found, atMost uint8) {
	if f.codeRank == 0 || f.codeRank > atMost || d.isUsed(f.code) || d.e.code != "" && (f.codeRank >= wordCode || d.codeRank < wordCode) {
		return
	}
	d.e.code, d.codeRank = f.code.Text(), f.codeRank
	switch {
	case f.code.Kind() == lenient.Number: // which stays as an extension
		if name := f.grpcCode(); name != "" {
			d.e.code = name
		}
		return
	case f.code.Name() == "__type":
		d.e.code = awsErrorType(d.e.code)
	case f.code.IsXML(): // a prefix means nothing outside of its document
		d.e.code = d.e.code[strings.LastIndexByte(d.e.code, ':')+1:]
	}
	d.use(f.code)
}

// readError reads a string member "error": as the code in our own format and in
// OAuth's, else as a text. Spring, NestJS and Fastify have the phrase of the
// status code there, which is neither, and whose number they send along.
func (d *shapes) readError(f *found) (word, text string) {
	word = f.error.Whole()
	if text = f.error.String(); ascii.IndexAny(text, " {") < 0 {
		text = ""
	}
	coded := f.codeRank > 0 && (f.codeRank < wordCode || f.codeRank == numberCode && text != "")
	own := f.message.Text() != "" && !f.numbered && !coded
	switch {
	case word == "":
		return "", text
	case ascii.EqualFold(f.code.Name(), "errcode"), isLevel(word) && f.textRank == 0: // Matrix; and no more than Failure
		return "", f.error.Text()
	case word == d.e.status.Phrase() || f.numbered && (text != "" || ascii.EqualFold(word, d.e.status.Phrase())),
		word == f.message.Text() && f.code.Kind() == lenient.Number: // gRPC gateway, of old
		d.use(f.error)
		return "", text
	case !own && (text != "" || coded):
		return "", text
	}
	return word, ""
}

// codeInside looks for a code in what is inside of an object that has a message
// and no code of its own.
func (d *shapes) codeInside(f *found) {
	for rank := 2; rank < rankLimit && d.e.code == ""; rank++ {
		if f.inner[rank].Exists() {
			inner := d.scan(f.inner[rank])
			d.takeCode(&inner, wordCode-1)
		}
	}
	for _, value := range [...]lenient.Value{f.object.Get("Code").Get("Subcode").Get("Value"), f.object.Get("Code").Get("Value")} { // SOAP 1.2
		if text := value.Whole(); d.e.code == "" {
			d.e.code = text[strings.LastIndexByte(text, ':')+1:]
		}
	}
	for rank := 1; rank <= 2 && d.e.code == ""; rank++ { // Google, of old
		first := f.list[rank].First()
		if inner := d.scan(first); d.place(&inner).place() == "" || inner.text.Text() == d.e.message {
			d.takeCode(&inner, numberCode)
		}
	}
}

// grpcCode returns the name of a code of gRPC that is sent as a number.
func (f *found) grpcCode() string {
	text := f.code.Text()
	if len(text) > 2 || !ascii.AllDigits(text) || f.code.Name() != "code" || !f.message.Exists() ||
		f.object.Get("details").Kind() != lenient.Array && (!f.error.Exists() || f.error.Text() != f.message.Text()) {
		return ""
	}
	n := 0
	for _, b := range []byte(text) {
		n = n*10 + int(b-'0')
	}
	if n >= len(grpcCodes) {
		return ""
	}
	return grpcCodes[n]
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

//go:noinline
func (d *shapes) use(v lenient.Value) { d.used = append(d.used, v) }

func (d *shapes) isUsed(v lenient.Value) bool {
	for _, u := range d.used {
		if u == v {
			return true
		}
	}
	return false
}

// extend keeps a member that has found no other place. Half a string or number
// is not kept.
func (d *shapes) extend(m lenient.Value) {
	if d.isUsed(m) || m.Partial() && (m.Kind() == lenient.String || m.Kind() == lenient.Number) {
		return
	}
	d.more.extensions = append(d.more.extensions, extension{name: m.Name(), received: m})
}
