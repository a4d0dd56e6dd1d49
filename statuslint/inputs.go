package statuslint

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"example.com/httpstatus/statuslint/internal/codes"
)

// A decoder is what statuslint knows by name of the functions and methods
// whose error is about what they read.
type decoder struct {
	pkg    string // as in knownCall; "json" is every package that has json's functions under its name
	names  string
	recv   string // the receiver's type, if the names alone do not tell
	source place  // what is read; absent: the request itself
}

var decoders = []decoder{
	{"json", "Decode DecodeContext Unmarshal UnmarshalFromString UnmarshalRead UnmarshalDecode UnmarshalString", "", arg1},
	{"strconv", "Atoi ParseBool ParseFloat ParseInt ParseUint ParseComplex", "", arg1},
	{"net/http", "ParseForm ParseMultipartForm FormFile MultipartReader", "", itself},
	{"net/url", "Parse ParseRequestURI ParseQuery PathUnescape QueryUnescape", "", arg1},
	{"net/netip", "ParseAddr ParseAddrPort ParsePrefix", "", arg1},
	{"mime", "ParseMediaType", "", arg1},
	{"encoding/base64", "DecodeString", "", arg1},
	{"encoding/base32", "DecodeString", "", arg1},
	{"encoding/hex", "DecodeString", "", arg1},
	{"github.com/google/uuid", "Parse ParseBytes", "", arg1},
	{"github.com/gofrs/uuid", "FromString FromBytes", "", arg1},
	{"time", "Parse ParseInLocation", "", arg2},
	{"time", "ParseDuration", "", arg1},
	{"gin", "ShouldBind ShouldBindJSON ShouldBindXML ShouldBindQuery ShouldBindYAML ShouldBindTOML ShouldBindHeader ShouldBindUri ShouldBindWith " +
		"ShouldBindBodyWith " +
		"ShouldBindBodyWithJSON ShouldBindPlain Bind BindJSON BindQuery BindUri BindHeader", "", absent},
	{"echo", "Bind", "", absent},
	{"fiber", "JSON Body Query Form XML CBOR MsgPack URI Header Cookie All", "Bind", absent},
	{"fiber", "BodyParser QueryParser ParamsParser ReqHeaderParser CookieParser", "", absent},
	{"render", "Bind Decode DecodeJSON DecodeXML DecodeForm", "", absent},
	{"restful", "ReadEntity", "", absent},
	{libraryPath + "/statushttp", "ReadJSON", "", absent},
}

// formats are the words by which a package that decodes is known.
var formats = []string{"json", "sonic", "xml", "yaml", "toml", "cbor", "msgpack"}

// decoderOf returns what is known of a function that decodes, or nil.
func decoderOf(callee *types.Func) *decoder {
	if callee.Pkg() == nil {
		return nil
	}
	path := packageKey(callee.Pkg().Path())
	for i := range decoders {
		d := &decoders[i]
		if !slices.Contains(strings.Fields(d.names), callee.Name()) || d.recv != "" && d.recv != receiverName(callee) {
			continue
		}
		if d.pkg == path || d.pkg == "json" && framework(callee.Pkg().Path()) == "" &&
			slices.ContainsFunc(formats, func(w string) bool { return strings.Contains(path, w) }) {
			return d
		}
	}
	return nil
}

// inputText is the text of a finding about a 5xx for a mistake in the request.
func inputText(code int, what string, limited bool) string {
	meant := "400 is meant, and statushttp.FromRead tells it from 413 and the like"
	if limited {
		meant = "answer 413 for an *http.MaxBytesError, and 400 for the rest, as statushttp.FromRead does"
	}
	return fmt.Sprintf("%s is sent for an error of %s, which is about the request; %s", codes.Describe(code), what, meant)
}

// inputError returns the name of the function whose error led to n, if it
// decoded something from the request, and whether the content was limited.
func (f *fn) inputError(n ast.Node) (what string, limited bool) {
	s := f.underError(n)
	if s == nil {
		return "", false
	}
	err := f.plainVar(s.Cond.(*ast.BinaryExpr).X)
	if err == nil {
		return "", false
	}
	call := f.definition(s, err)
	if call == nil {
		return "", false
	}
	from := func(x ast.Expr) bool { return x != nil && f.derives(x, f.isRequest, 0) }
	return f.readsInput(call, from)
}

// readsInput reports whether the error of a call is about what it reads, and
// whether that comes from where from says. It returns the name of the function.
func (f *fn) readsInput(call *ast.CallExpr, from func(ast.Expr) bool) (what string, limited bool) {
	callee, ok := typeutil.Callee(f.e.info, call).(*types.Func)
	if !ok || callee.Pkg() == nil {
		return "", false
	}
	path, name := callee.Pkg().Path(), callee.Name()
	var recv ast.Expr
	if callee.Signature().Recv() != nil {
		recv = receiverOf(call)
	}
	if d := decoderOf(callee); d != nil {
		switch {
		case d.source == absent:
			return name, false
		case recv != nil && d.pkg == "json" && strings.HasPrefix(name, "Decode"):
			if !from(recv) {
				return "", false
			}
			return name, false
		case d.pkg == "net/url" && f.parsedBefore(f.at(d.source, call, recv)):
			return "", false
		case from(f.at(d.source, call, recv)):
			if recv == nil && d.pkg != "json" {
				name = callee.Pkg().Name() + "." + name
			}
			return name, false
		}
		return "", false
	}
	switch {
	case (path == "io" || path == "io/ioutil") && name == "ReadAll" && len(call.Args) == 1:
		// A read error is the connection's, unless the content is limited.
		if from(call.Args[0]) && f.limited(call.Args[0]) {
			return "ReadAll of the limited content", true
		}
	case path == "io" && (name == "Copy" || name == "CopyN" || name == "CopyBuffer") && len(call.Args) > 1:
		if from(call.Args[1]) && (f.inMemory(call.Args[0]) || f.limited(call.Args[1])) {
			return "io." + name + " from the request's content", f.limited(call.Args[1])
		}
	}
	fact := f.factOf(callee)
	if fact == nil || len(fact.Inputs) == 0 {
		return "", false
	}
	for _, i := range fact.Inputs {
		x := argument(call, recv, callee.Signature(), i)
		if x == nil || !from(x) {
			return "", false
		}
	}
	return name, false
}

// parsedBefore reports whether a part of a request is one that net/http has
// parsed as a URL already: what it could not parse it has refused.
func (f *fn) parsedBefore(x ast.Expr) bool {
	if v := f.plainVar(x); v != nil && f.onlyValue(v) != nil {
		x = f.onlyValue(v)
	}
	switch x := ast.Unparen(x).(type) {
	case *ast.SelectorExpr:
		return x.Sel.Name == "RequestURI" && f.e.role(f.e.typeOf(x.X)) == roleRequest
	case *ast.CallExpr: // r.URL.String(), r.URL.RequestURI()
		sel, ok := x.Fun.(*ast.SelectorExpr)
		return ok && (sel.Sel.Name == "String" || sel.Sel.Name == "RequestURI") && len(x.Args) == 0
	}
	return false
}

// factOf returns what is known of a function, or nil.
func (f *fn) factOf(callee *types.Func) *funcFact {
	callee = callee.Origin()
	if g, ok := f.e.funcs.decls[callee]; ok {
		f.e.summarise(g)
		return g.fact
	}
	if callee.Pkg() != nil && callee.Pkg() != f.e.pass.Pkg {
		return f.e.imported(callee)
	}
	return nil
}

// concludeInputs notes that every error of f is about what one of its
// parameters gives: f decodes a request, and perhaps looks whether it is valid.
func (f *fn) concludeInputs() {
	res := f.sig.Results()
	if f.decl == nil || res.Len() == 0 || !isErrorVar(res.At(res.Len()-1).Type()) || res.At(0).Name() != "" {
		return
	}
	used := make(map[int]bool)
	from := func(x ast.Expr) bool {
		return f.derives(x, func(x ast.Expr) bool {
			v := f.plainVar(x)
			if v == nil {
				return false
			}
			i, ok := f.params[v]
			if !ok || i == receiver || f.assigned[v] > 0 {
				return false
			}
			used[i] = true
			return true
		}, 0)
	}
	decodes, pure := false, true
	var about func(x ast.Expr, depth int) bool // the request
	about = func(x ast.Expr, depth int) bool {
		if depth > 6 {
			return false
		}
		x = ast.Unparen(x)
		if f.e.info.Types[x].IsNil() {
			return true
		}
		switch x := x.(type) {
		case *ast.Ident:
			v := f.plainVar(x)
			if v == nil || len(f.values[v]) == 0 {
				return false
			}
			for _, value := range f.values[v] {
				if !about(value, depth+1) {
					return false
				}
			}
			return true
		case *ast.CallExpr:
			if what, _ := f.readsInput(x, from); what != "" {
				decodes = true
				return true
			}
			callee, ok := typeutil.Callee(f.e.info, x).(*types.Func)
			if !ok || callee.Pkg() == nil {
				return false
			}
			if callee.Name() == "ReadAll" && len(x.Args) == 1 && from(x.Args[0]) {
				return true // says nothing either way
			}
			if !wraps[callee.Pkg().Path()] {
				return false
			}
			for _, a := range x.Args {
				if t := f.e.typeOf(a); t != nil && isErrorVar(t) && !about(a, depth+1) {
					return false
				}
			}
			return true
		}
		return false
	}
	ast.Inspect(f.body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			if len(n.Results) == 1 && res.Len() > 1 || len(n.Results) == 0 {
				pure = false
			} else if pure {
				pure = about(n.Results[len(n.Results)-1], 0)
			}
		}
		return true
	})
	if !decodes || !pure {
		return
	}
	for i := range used {
		f.fact.Inputs = append(f.fact.Inputs, i)
	}
	slices.Sort(f.fact.Inputs)
}

// limited reports whether content is read through an http.MaxBytesReader.
func (f *fn) limited(x ast.Expr) bool {
	found := false
	look := func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			if callee, ok := typeutil.Callee(f.e.info, call).(*types.Func); ok && callee.Name() == "MaxBytesReader" {
				found = true
			}
		}
		return !found
	}
	ast.Inspect(x, look)
	if v := f.plainVar(x); v != nil {
		for _, value := range f.values[v] {
			ast.Inspect(value, look)
		}
	}
	if found {
		return true
	}
	// r.Body = http.MaxBytesReader(w, r.Body, n)
	ast.Inspect(f.body, func(n ast.Node) bool {
		as, ok := n.(*ast.AssignStmt)
		if !ok || found || len(as.Lhs) != 1 || len(as.Rhs) != 1 || as.Pos() > x.Pos() {
			return !found
		}
		if sel, ok := as.Lhs[0].(*ast.SelectorExpr); ok && sel.Sel.Name == "Body" && f.e.role(f.e.typeOf(sel.X)) == roleRequest {
			ast.Inspect(as.Rhs[0], look)
		}
		return !found
	})
	return found
}

// inMemory reports whether a writer cannot fail.
func (f *fn) inMemory(x ast.Expr) bool {
	t := f.e.typeOf(x)
	if t == nil {
		return false
	}
	n, ok := types.Unalias(deref(t)).(*types.Named)
	if !ok || n.Obj().Pkg() == nil {
		return false
	}
	switch n.Obj().Pkg().Path() + "." + n.Obj().Name() {
	case "bytes.Buffer", "strings.Builder":
		return true
	}
	return false
}

// definition returns the call that gave the error tested by s its value.
func (f *fn) definition(s *ast.IfStmt, err *types.Var) *ast.CallExpr {
	of := func(st ast.Stmt) *ast.CallExpr {
		as, ok := st.(*ast.AssignStmt)
		if !ok || len(as.Rhs) != 1 {
			return nil
		}
		for _, l := range as.Lhs {
			if f.plainVar(l) == err {
				call, _ := ast.Unparen(as.Rhs[0]).(*ast.CallExpr)
				return call
			}
		}
		return nil
	}
	if s.Init != nil {
		return of(s.Init)
	}
	var list []ast.Stmt
	switch p := f.parent[s].(type) {
	case *ast.BlockStmt:
		list = p.List
	case *ast.CaseClause:
		list = p.Body
	}
	for i, st := range list {
		if st == s && i > 0 {
			return of(list[i-1])
		}
	}
	return nil
}

// requestReaders are the methods of contexts that give a part of the request.
var requestReaders = map[string]bool{
	"Param": true, "Query": true, "QueryParam": true, "PostForm": true, "FormValue": true, "Params": true,
	"DefaultQuery": true, "DefaultPostForm": true, "GetHeader": true, "Body": true, "BodyRaw": true,
	"PathParameter": true, "QueryParameter": true, "HeaderParameter": true, "Get": true,
}

// derives reports whether the value of x is made of what is called a source:
// of its fields or methods, through functions that only pass it on.
func (f *fn) derives(x ast.Expr, source func(ast.Expr) bool, depth int) bool {
	if x == nil || depth > 8 {
		return false
	}
	if source(x) {
		return true
	}
	next := func(x ast.Expr) bool { return f.derives(x, source, depth+1) }
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		v, ok := f.e.objectOf(x).(*types.Var)
		if !ok {
			return false
		}
		if len(f.values[v]) == 1 && next(f.values[v][0]) {
			return true
		}
		from := f.decodedFrom(v)
		return from != nil && next(from)
	case *ast.SelectorExpr:
		return next(x.X)
	case *ast.IndexExpr:
		return next(x.X)
	case *ast.SliceExpr:
		return next(x.X)
	case *ast.StarExpr:
		return next(x.X)
	case *ast.UnaryExpr:
		return next(x.X)
	case *ast.CompositeLit: // &io.LimitedReader{R: r.Body, N: max}
		for _, el := range x.Elts {
			if kv, ok := el.(*ast.KeyValueExpr); ok {
				el = kv.Value
			}
			if next(el) {
				return true
			}
		}
	case *ast.CallExpr:
		fromArgs := func() bool { return slices.ContainsFunc(x.Args, next) }
		if f.e.info.Types[x.Fun].IsType() {
			return fromArgs()
		}
		callee, ok := typeutil.Callee(f.e.info, x).(*types.Func)
		if !ok || callee.Pkg() == nil {
			return false
		}
		path := callee.Pkg().Path()
		if d := decoderOf(callee); d != nil && d.source == arg1 && callee.Signature().Results().Len() > 1 {
			return len(x.Args) > 0 && next(x.Args[0]) // what it has decoded
		}
		if sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr); ok && callee.Signature().Recv() != nil {
			if framework(path) != "" {
				return requestReaders[callee.Name()]
			}
			return callee.Name() != "Context" && next(sel.X)
		}
		switch path {
		case "io", "io/ioutil", "strings", "bytes", "bufio", "net/url", "path", "compress/gzip":
			return fromArgs()
		case "net/http":
			return callee.Name() == "MaxBytesReader" && fromArgs()
		}
		switch callee.Name() {
		case "NewDecoder", "NewReader":
			return fromArgs()
		case "URLParam", "Vars":
			return len(x.Args) > 0 && next(x.Args[0])
		}
	}
	return false
}

// decodedFrom returns what the value of a variable was decoded from, as in
// json.NewDecoder(r.Body).Decode(&v), or nil.
func (f *fn) decodedFrom(v *types.Var) (source ast.Expr) {
	if v.IsField() || f.isParam[v] {
		return nil
	}
	ast.Inspect(f.body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || source != nil {
			return source == nil
		}
		into := false
		for _, a := range call.Args {
			if u, ok := ast.Unparen(a).(*ast.UnaryExpr); ok && u.Op == token.AND {
				a = u.X
			}
			into = into || f.plainVar(a) == v
		}
		callee, ok := typeutil.Callee(f.e.info, call).(*types.Func)
		if !into || !ok {
			return true
		}
		if d := decoderOf(callee); d != nil && d.pkg == "json" {
			if source = receiverOf(call); source == nil || callee.Signature().Recv() == nil || callee.Name() == "Unmarshal" {
				source = call.Args[0]
			}
		}
		return true
	})
	return source
}

// isRequest reports whether x is the request that f answers: a parameter of it
// or of a function around it.
func (f *fn) isRequest(x ast.Expr) bool {
	if f.e.role(f.e.typeOf(x)) != roleRequest {
		return false
	}
	switch y := ast.Unparen(x).(type) {
	case *ast.SelectorExpr:
		switch f.e.role(f.e.typeOf(y.X)) {
		case roleGin, roleEcho:
			return true // c.Request
		}
		return false
	case *ast.CallExpr:
		sel, ok := y.Fun.(*ast.SelectorExpr)
		return ok && f.e.role(f.e.typeOf(sel.X)) == roleEcho
	}
	v := f.plainVar(x)
	return v != nil && f.isParam[v] && f.inbound(v)
}

// inbound reports whether a request parameter is one that is answered: a
// function that returns a response sends it.
func (f *fn) inbound(v *types.Var) bool {
	for g := f; g != nil; g = g.outer {
		own := false
		for i := range g.sig.Params().Len() {
			own = own || g.sig.Params().At(i) == v
		}
		if !own {
			continue
		}
		for i := range g.sig.Results().Len() {
			if n, ok := types.Unalias(deref(g.sig.Results().At(i).Type())).(*types.Named); ok &&
				n.Obj().Name() == "Response" && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "net/http" {
				return false
			}
		}
		return true
	}
	return false
}
