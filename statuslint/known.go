package statuslint

import (
	"strings"
	"sync"
)

// A knownCall is what statuslint knows by name of the functions and methods
// that answer requests. interpret.go reads the rows.
type knownCall struct {
	pkg   string // an import path, or the name of a framework
	recv  string // the receiver's type; "" for a function, "*" for every type
	names string // the functions or methods, separated by spaces
	does  doing

	writer  place  // what leads to the response
	status  place  // answers, carries: the status
	code    int    // answers, carries: the status of a call that has no such argument
	content place  // answers, writes: what is sent; an argument that is seen to be empty sends nothing
	whole   bool   // answers: with content the answer is complete, and nothing should follow
	sends   fields // answers, sets: the fields that go along
	commits bool   // answers, writes: the header is sent at once, as it always is by net/http's own writer
	keeps   bool   // answers: the status is kept, and fields may be set until the header is sent
	judged  bool   // answers: by an error that brings its status and its fields
	unless  string // carries: the function that takes the error and gives it fields
	types   bool   // writes: it sets Content-Type first
	name    place  // sets, deletes: the name of the field
	value   place  // sets: and its value
	direct  bool   // sets, deletes: changes the header itself
}

// A doing says what a known call does to the response.
type doing uint8

const (
	answers doing = iota + 1 // decides on the status
	carries                  // makes an error that the framework answers with
	writes                   // sends content
	sets                     // sets a field
	deletes                  // takes a field out
	copies                   // sets fields that are not known
	passes                   // hands the response to something that answers in its own way
	leaves                   // leaves the response alone
)

// A place says where a call has something.
type place int8

const (
	absent   place = iota
	arg1           // the first argument, and so on
	arg2           //
	arg3           //
	arg4           //
	lastArg        // the last of at least two arguments
	itself         // the receiver
	maker          // the first argument of the call that made the receiver, as in json.NewEncoder(w).Encode(v)
	within         // the parameter of the function around the call
	whatever       // content goes along, wherever it comes from
)

// The methods of http.ResponseWriter and http.Header are known of every type
// that plays their role.
var knownCalls = []knownCall{
	{pkg: "net/http", recv: "ResponseWriter", names: "WriteHeader", does: answers, writer: itself, status: arg1},
	{pkg: "net/http", recv: "ResponseWriter", names: "Write WriteString ReadFrom", does: writes, writer: itself, content: arg1},
	{pkg: "net/http", recv: "ResponseWriter", names: "Header", does: leaves},
	{pkg: "net/http", recv: "Header", names: "Set Add", does: sets, writer: itself, name: arg1, value: arg2, direct: true},
	{pkg: "net/http", recv: "Header", names: "Del", does: deletes, writer: itself, name: arg1, direct: true},
	{pkg: "net/http", recv: "Header", names: "Get Values Clone Write WriteSubset", does: leaves},
	{pkg: "net/http", names: "Error", does: answers, writer: arg1, status: arg3, content: whatever, whole: true},
	{pkg: "net/http", names: "NotFound", does: answers, writer: arg1, code: 404, content: whatever, whole: true},
	{pkg: "net/http", names: "Redirect", does: answers, writer: arg1, status: arg4, sends: fieldLocation},
	{pkg: "net/http", names: "ServeContent ServeFile ServeFileFS", does: passes, writer: arg1},
	{pkg: "net/http", recv: "*", names: "ServeHTTP", does: passes, writer: arg1},
	{pkg: "net/http", names: "SetCookie MaxBytesReader NewResponseController", does: leaves},

	{pkg: libraryPath + "/statushttp", names: "Write", does: answers, writer: arg1, content: whatever, whole: true, judged: true},
	{pkg: libraryPath + "/statushttp", names: "Serve", does: passes, writer: arg1},
	{pkg: libraryPath + "/statushttp", names: "ReadJSON CheckPrecondition FromRead", does: leaves},

	{pkg: "fmt", names: "Fprint Fprintf Fprintln", does: writes, writer: arg1},
	{pkg: "io", names: "WriteString", does: writes, writer: arg1, content: arg2},
	{pkg: "io", names: "Copy CopyN CopyBuffer", does: writes, writer: arg1},
	{pkg: "encoding/json", recv: "Encoder", names: "Encode", does: writes, writer: maker},
	{pkg: "encoding/xml", recv: "Encoder", names: "Encode", does: writes, writer: maker},
	{pkg: "encoding/gob", recv: "Encoder", names: "Encode", does: writes, writer: maker},
	{pkg: "html/template", recv: "Template", names: "Execute ExecuteTemplate", does: writes, writer: arg1},
	{pkg: "text/template", recv: "Template", names: "Execute ExecuteTemplate", does: writes, writer: arg1},
	{pkg: "maps", names: "Copy", does: copies, writer: arg1},

	// gin keeps a status until something is written or the handler returns.
	{pkg: "gin", recv: "Context", names: "Header", does: sets, writer: itself, name: arg1, value: arg2, direct: true},
	{pkg: "gin", recv: "Context", names: "Status", does: answers, writer: itself, status: arg1, keeps: true},
	{pkg: "gin", recv: "ResponseWriter", names: "WriteHeader", does: answers, writer: itself, status: arg1, keeps: true},
	{pkg: "gin", recv: "ResponseWriter", names: "Write WriteString ReadFrom", does: writes, writer: itself, content: arg1, commits: true},
	{pkg: "gin", recv: "ResponseWriter", names: "Header Status Size Written", does: leaves},
	{pkg: "gin", recv: "Context", names: "AbortWithStatus AbortWithError", does: answers, writer: itself, status: arg1, whole: true, commits: true},
	{pkg: "gin", recv: "Context", names: "JSON AbortWithStatusJSON AbortWithStatusPureJSON IndentedJSON SecureJSON JSONP AsciiJSON PureJSON",
		does: answers, writer: itself, status: arg1, content: lastArg, whole: true, commits: true},
	{pkg: "gin", recv: "Context", names: "XML YAML TOML ProtoBuf BSON",
		does: answers, writer: itself, status: arg1, content: lastArg, whole: true, commits: true},
	{pkg: "gin", recv: "Context", names: "HTML String Data DataFromReader Render Negotiate",
		does: answers, writer: itself, status: arg1, content: lastArg, whole: true, commits: true},
	{pkg: "gin", recv: "Context", names: "Redirect", does: answers, writer: itself, status: arg1, sends: fieldLocation, keeps: true},
	{pkg: "gin", recv: "Context", names: "File FileFromFS FileAttachment", does: copies, writer: itself},
	{pkg: "gin", recv: "Context", names: "Abort Set Get Query Param PostForm GetHeader SetCookie", does: leaves},

	{pkg: "echo", names: "NewHTTPError", does: carries, writer: within, status: arg1},
	{pkg: "echo", recv: "Context", names: "NoContent", does: answers, writer: itself, status: arg1, whole: true, commits: true},
	{pkg: "echo", recv: "Response", names: "WriteHeader", does: answers, writer: itself, status: arg1, commits: true},
	{pkg: "echo", recv: "Response", names: "Write", does: writes, writer: itself, content: arg1, commits: true},
	{pkg: "echo", recv: "Response", names: "Header", does: leaves},
	{pkg: "echo", recv: "Context", names: "JSON JSONPretty JSONBlob JSONP JSONPBlob XML XMLPretty XMLBlob HTML HTMLBlob String Blob Stream Render",
		does: answers, writer: itself, status: arg1, content: lastArg, whole: true, commits: true},
	{pkg: "echo", recv: "Context", names: "Redirect", does: answers, writer: itself, status: arg1, sends: fieldLocation, commits: true},
	{pkg: "echo", recv: "Context", names: "Get Set Param QueryParam FormValue SetCookie Bind Validate", does: leaves},

	// fasthttp sends nothing before the handler has returned.
	{pkg: "fiber", names: "NewError", does: carries, writer: within, status: arg1},
	{pkg: "fiber", recv: "Ctx", names: "Status SendStatus", does: answers, writer: itself, status: arg1, keeps: true},
	{pkg: "fiber", recv: "Ctx", names: "Set Append", does: sets, writer: itself, name: arg1, value: arg2},
	{pkg: "fiber", recv: "Ctx", names: "Location", does: sets, writer: itself, sends: fieldLocation},
	{pkg: "fiber", recv: "Ctx", names: "Redirect", does: answers, writer: itself, status: arg2, code: 302, sends: fieldLocation, keeps: true},
	{pkg: "fiber", recv: "Ctx", names: "JSON Send SendString Get Params Query Body BodyParser Locals Cookie", does: leaves},

	{pkg: "render", names: "Status", does: answers, writer: within, status: arg2, keeps: true},
	{pkg: "render", names: "PlainText Data HTML JSON XML", does: writes, writer: arg1, content: arg3, types: true},
	{pkg: "render", names: "NoContent", does: answers, writer: arg1, code: 204, whole: true},

	{pkg: "huma", names: "Error401Unauthorized", does: carries, writer: within, code: 401, unless: "ErrorWithHeaders"},
	{pkg: "huma", names: "Error405MethodNotAllowed", does: carries, writer: within, code: 405, unless: "ErrorWithHeaders"},
	{pkg: "huma", names: "Error407ProxyAuthRequired", does: carries, writer: within, code: 407, unless: "ErrorWithHeaders"},
	{pkg: "huma", names: "Error426UpgradeRequired", does: carries, writer: within, code: 426, unless: "ErrorWithHeaders"},
	{pkg: "huma", names: "NewError", does: carries, writer: within, status: arg1, unless: "ErrorWithHeaders"},
	{pkg: "huma", names: "WriteErr", does: answers, writer: arg2, status: arg3, content: whatever, keeps: true},
	{pkg: "huma", recv: "Context", names: "SetStatus", does: answers, writer: itself, status: arg1, keeps: true},
	{pkg: "huma", recv: "Context", names: "SetHeader AppendHeader", does: sets, writer: itself, name: arg1, value: arg2},

	{pkg: "restful", recv: "Response", names: "AddHeader", does: sets, writer: itself, name: arg1, value: arg2, direct: true},
	{pkg: "restful", recv: "Response", names: "WriteHeaderAndEntity WriteHeaderAndJson WriteHeaderAndXml",
		does: answers, writer: itself, status: arg1, content: arg2, whole: true, commits: true},
	{pkg: "restful", recv: "Response", names: "WriteError WriteErrorString WriteServiceError",
		does: answers, writer: itself, status: arg1, content: whatever, whole: true, commits: true},
	{pkg: "restful", recv: "Response", names: "WriteEntity WriteAsJson WriteAsXml WriteJson", does: writes, writer: itself, commits: true},
}

// A knownValue is an error that a framework answers with.
type knownValue struct {
	pkg, name string
	code      int
}

// Only those whose status asks for a field are of interest.
var knownValues = []knownValue{
	{"echo", "ErrUnauthorized", 401},
	{"echo", "ErrMethodNotAllowed", 405},
	{"echo", "ErrProxyAuthRequired", 407},
	{"echo", "ErrUpgradeRequired", 426},
	{"fiber", "ErrUnauthorized", 401},
	{"fiber", "ErrMethodNotAllowed", 405},
	{"fiber", "ErrProxyAuthRequired", 407},
	{"fiber", "ErrUpgradeRequired", 426},
}

// A callName is what a row is found by.
type callName struct{ pkg, recv, name string }

// knownByName is the index of knownCalls.
var knownByName = sync.OnceValue(func() map[callName]*knownCall {
	index := make(map[callName]*knownCall)
	for i := range knownCalls {
		row := &knownCalls[i]
		for _, name := range strings.Fields(row.names) {
			index[callName{row.pkg, row.recv, name}] = row
		}
	}
	return index
})

// receivers maps the types of a framework that share their methods to the one
// that rows name.
var receivers = map[string]string{
	"DefaultCtx": "Ctx", "CustomCtx": "Ctx", "Res": "Ctx", "DefaultRes": "Ctx", "Req": "Ctx", "DefaultReq": "Ctx", // fiber v3
	"responseWriter": "ResponseWriter", // gin
}

// packageKey returns what rows call a package: the framework that it belongs
// to, or its path.
func packageKey(path string) string {
	if name := framework(path); name != "" {
		return name
	}
	return path
}
