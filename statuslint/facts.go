package statuslint

// fields is a set of header fields, and of two things that happen to a
// response: it is a bit per field, so that the dataflow joins with &.
type fields uint32

// The fields that rules ask for.
const (
	fieldAllow fields = 1 << iota
	fieldWWWAuthenticate
	fieldProxyAuthenticate
	fieldUpgrade
	fieldRetryAfter
	fieldLocation
	fieldContentRange
	fieldContentLength

	committed // the header is on its way
	contentUp // content was written
	answered  // a status was sent, and not by the first Write
	typed     // Content-Type was set, surely and before the header was sent
	handled   // a handler that returns an error had the writer, and may have set any field

	anyField = fieldAllow | fieldWWWAuthenticate | fieldProxyAuthenticate | fieldUpgrade |
		fieldRetryAfter | fieldLocation | fieldContentRange | fieldContentLength
	everything = ^fields(0)
)

// has reports whether a field is in the set, or may be.
func (s fields) has(bit fields) bool { return s&(bit|handled) != 0 }

// fieldNames has the bit of each field name in canonical form. The first name
// of a bit is what messages call it.
var fieldNames = [...]struct {
	name string
	bit  fields
}{
	{"Allow", fieldAllow},
	{"Www-Authenticate", fieldWWWAuthenticate},
	{"Lfs-Authenticate", fieldWWWAuthenticate}, // Git LFS's own, which keeps browsers quiet
	{"Proxy-Authenticate", fieldProxyAuthenticate},
	{"Upgrade", fieldUpgrade},
	{"Retry-After", fieldRetryAfter},
	{"Ratelimit", fieldRetryAfter},
	{"Ratelimit-Reset", fieldRetryAfter},
	{"X-Ratelimit-Reset", fieldRetryAfter},
	{"X-Rate-Limit-Reset", fieldRetryAfter},
	{"Location", fieldLocation},
	{"Content-Range", fieldContentRange},
	{"Content-Length", fieldContentLength},
}

// fieldBit returns the bit of a field name in canonical form, or 0.
func fieldBit(name string) fields {
	for _, f := range fieldNames {
		if f.name == name {
			return f.bit
		}
	}
	return 0
}

// fieldName returns the name of a field by its bit.
func fieldName(bit fields) string {
	for _, f := range fieldNames {
		if f.bit == bit {
			return f.name
		}
	}
	return ""
}

// Parameter positions in facts.
const (
	receiver = -1 // the method's receiver
	nowhere  = -2 // no parameter
	captured = -3 // the first of a literal's captured writers; the next is one less
)

// An answerFact says that a function sends a response: with the status of a
// parameter, or with a constant.
type answerFact struct {
	Writer  int    // which parameter leads to the writer
	Status  int    // which parameter is the status, or nowhere
	Const   int    // the status if it is a constant
	Set     fields // what the function itself has surely set by then
	Tested  bool   // the function compares the parameter before it answers
	Content bool   // content surely follows
	Kept    bool   // the status is kept until the header is sent, so that fields may still be set
}

// An effectFact says what a function does to the header of one writer.
type effectFact struct {
	Writer int
	Must   fields // on every way out
	May    fields // on some
	// Copied is 1 more than the parameter whose keys are all that is set without
	// being known by name: a map of fields; 0 if there is none.
	Copied int
}

// A storeFact says that a parameter ends up in a field of a struct.
type storeFact struct {
	Param int
	Field string
}

// funcFact is what callers need to know of a function.
type funcFact struct {
	Answers []answerFact
	Effects []effectFact
	Stores  []storeFact
	Returns []returnFact
	Getter  string // the struct field that a method returns, as in packageFact
	Result  bool   // it has results, which may say whether it answered
	// Outcomes say what a result tells of the answer.
	Outcomes []outcomeFact
	Mays     []mayFact
	Makes    []answerFact // answers of the handlers that it makes, with the status of a parameter
	Inputs   []int        // every error is about what these parameters give: the request
}

// An outcomeFact says what surely happened to a writer when the last result of
// a function is true or false, or nil or an error.
type outcomeFact struct {
	Writer int
	Good   bool   // the result is true, or nil
	Must   fields // what surely happened then
	Error  bool   // and every answer that the function sends itself is an error
}

// A mayFact says which fields of a writer may be set when the last result of a
// function is true or false, or nil or an error.
type mayFact struct {
	Writer    int
	Good, Bad fields
}

// A returnFact is a status constant that a function returns.
type returnFact struct {
	Result int
	Const  int
}

func (*funcFact) AFact() {}

func (f *funcFact) String() string { return "answers" }

func (f *funcFact) empty() bool {
	return len(f.Answers)+len(f.Effects)+len(f.Stores)+len(f.Returns)+len(f.Outcomes)+len(f.Makes)+len(f.Inputs) == 0 && f.Getter == ""
}

// packageFact is what other packages need to know of the structs that carry a
// status.
type packageFact struct {
	// Sinks are the struct fields that a function of the package answers with,
	// and the header fields that it sets when it does.
	Sinks []fieldSink
	// Methods are the methods of interfaces that a function of the package
	// answers with, and Getters the methods that return a struct field.
	Methods []methodSink
	Getters []getter
	// Carried are the constants that the package puts into struct fields.
	Carried []carriedConst
}

type fieldSink struct {
	Field string
	Set   fields
}

type methodSink struct {
	Name string
	Set  fields
}

type getter struct {
	Name  string
	Field string
}

type carriedConst struct {
	Field string
	Const int
	Where string // file:line, for a message in another package
	Maker string // the exported function or variable that a package above gets the value by, if that is all it does
	Known bool   // the package itself has a writer of these values, and has looked at this one
}

func (*packageFact) AFact() {}

func (f *packageFact) String() string { return "carries" }
