package statuslint

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/cfg"
)

// known handles a call of a function or method that statuslint knows by name,
// and reports whether it was one.
func (f *fn) known(b *cfg.Block, call *ast.CallExpr, callee *types.Func, recv ast.Expr) bool {
	args := call.Args
	name := callee.Name()
	if recv != nil {
		switch k := f.e.kind(f.e.typeOf(recv)); k {
		case kindNet, kindLike:
			if f.writerMethod(b, call, name, recv, k) {
				return true
			}
		case kindHeader:
			f.headerMethod(b, call, name, recv)
			return true
		}
	}
	if callee.Pkg() == nil {
		return false
	}
	path := callee.Pkg().Path()
	switch path {
	case "net/http":
		return f.netHTTP(b, call, callee, recv)
	case "fmt":
		if len(args) > 0 && (name == "Fprint" || name == "Fprintf" || name == "Fprintln") {
			f.write(b, call, args[0])
			return true
		}
	case "io":
		if len(args) > 1 && (name == "WriteString" || name == "Copy" || name == "CopyN" || name == "CopyBuffer") {
			if name != "WriteString" || !f.emptyContent(args[1]) {
				f.write(b, call, args[0])
			}
			return true
		}
	case "encoding/json", "encoding/xml", "encoding/gob":
		// json.NewEncoder(w).Encode(v)
		if maker, ok := ast.Unparen(recvOr(recv)).(*ast.CallExpr); ok && name == "Encode" && len(maker.Args) == 1 {
			f.write(b, call, maker.Args[0])
			return true
		}
	case "html/template", "text/template":
		if len(args) > 0 && (name == "Execute" || name == "ExecuteTemplate") {
			f.write(b, call, args[0])
			return true
		}
	case "maps":
		if name == "Copy" && len(args) == 2 && f.e.kind(f.e.typeOf(args[0])) == kindHeader {
			f.copied(b, call, args[0])
			return true
		}
	}
	switch framework(path) {
	case "gin":
		return f.gin(b, call, name, recv)
	case "echo":
		return f.echo(b, call, name, recv)
	case "fiber":
		return f.fiber(b, call, name, recv)
	case "render":
		if name == "Status" && recv == nil && len(args) == 2 {
			if v := f.onlyWriter(kindNet); v != nil {
				f.answer(b, call, ref{root: v}, args[1], "render.Status", event{})
			}
			return true
		}
	}
	return false
}

func recvOr(x ast.Expr) ast.Expr {
	if x == nil {
		return &ast.BadExpr{}
	}
	return x
}

// emptyContent reports whether x is nil, "" or []byte{}.
func (f *fn) emptyContent(x ast.Expr) bool {
	x = ast.Unparen(x)
	if f.e.info.Types[x].IsNil() {
		return true
	}
	if s, ok := f.e.stringConst(x); ok {
		return s == ""
	}
	switch x := x.(type) {
	case *ast.CompositeLit:
		return len(x.Elts) == 0
	case *ast.CallExpr:
		if tv := f.e.info.Types[x.Fun]; tv.IsType() && len(x.Args) == 1 {
			return f.emptyContent(x.Args[0])
		}
	}
	return false
}

// answer emits the event of a sink.
func (f *fn) answer(b *cfg.Block, call *ast.CallExpr, w ref, code ast.Expr, sink string, ev event) {
	ev.kind, ev.w, ev.node, ev.sink = evAnswer, w, call, sink
	ev.status = f.status(code)
	f.emit(b, ev)
}

// copied emits the event of fields of which nothing is known.
func (f *fn) copied(b *cfg.Block, node ast.Node, header ast.Expr) {
	if r := f.ref(header); r.root != nil {
		f.emit(b, event{kind: evSet, w: r, node: node, set: anyField, guess: true})
	}
}

// onlyWriter returns the parameter of the given kind in f or a function around
// it, or nil.
func (f *fn) onlyWriter(k kind) *types.Var {
	for g := f; g != nil; g = g.outer {
		if g.sig == nil {
			continue
		}
		for i := range g.sig.Params().Len() {
			if p := g.sig.Params().At(i); f.e.kind(p.Type()) == k {
				return p
			}
		}
	}
	return nil
}

func (f *fn) writerMethod(b *cfg.Block, call *ast.CallExpr, name string, recv ast.Expr, k kind) bool {
	switch name {
	case "WriteHeader":
		if len(call.Args) == 1 {
			f.answer(b, call, f.ref(recv), call.Args[0], "WriteHeader", event{once: k == kindNet})
			return true
		}
	case "Write", "WriteString", "ReadFrom":
		if len(call.Args) == 1 {
			if !f.emptyContent(call.Args[0]) {
				f.write(b, call, recv)
			}
			return true
		}
	case "Header":
		return true
	}
	return false
}

func (f *fn) headerMethod(b *cfg.Block, call *ast.CallExpr, name string, recv ast.Expr) {
	r := f.ref(recv)
	if r.root == nil {
		return
	}
	switch name {
	case "Set", "Add":
		if len(call.Args) == 2 {
			f.setField(b, r, call, call.Args[0], call.Args[1], true)
		}
	case "Del":
		if len(call.Args) == 1 {
			ev := event{kind: evDel, w: r, node: call, direct: true}
			if key, ok := f.e.stringConst(call.Args[0]); ok {
				ev.key = canonical(key)
				ev.set = fieldBit(ev.key)
			}
			f.emit(b, ev)
		}
	}
}

func (f *fn) netHTTP(b *cfg.Block, call *ast.CallExpr, callee *types.Func, recv ast.Expr) bool {
	args := call.Args
	if recv != nil {
		return false
	}
	once := len(args) > 0 && f.e.kind(f.e.typeOf(args[0])) == kindNet
	switch callee.Name() {
	case "Error":
		if len(args) == 3 {
			f.answer(b, call, f.ref(args[0]), args[2], "http.Error", event{content: true, message: true, once: once})
			return true
		}
	case "NotFound":
		if len(args) == 2 {
			r := f.ref(args[0])
			f.emit(b, event{kind: evAnswer, w: r, node: call, sink: "http.NotFound", content: true, message: true, once: once, status: status{known: true, code: 404}})
			return true
		}
	case "Redirect":
		if len(args) == 4 {
			f.answer(b, call, f.ref(args[0]), args[3], "http.Redirect", event{sent: fieldLocation, once: once})
			return true
		}
	case "ServeContent", "ServeFile", "ServeFileFS":
		if len(args) > 0 {
			f.copied(b, call, args[0])
			f.write(b, call, args[0])
		}
		return true
	case "SetCookie", "MaxBytesReader", "NewResponseController":
		return true
	}
	return false
}

func (f *fn) gin(b *cfg.Block, call *ast.CallExpr, name string, recv ast.Expr) bool {
	if recv == nil {
		return false
	}
	args, r := call.Args, f.ref(recv)
	switch name {
	case "Header":
		if len(args) == 2 {
			f.setField(b, r, call, args[0], args[1], false)
		}
	case "Status", "AbortWithStatus", "AbortWithError":
		if len(args) > 0 {
			// Status alone sends nothing yet.
			f.answer(b, call, r, args[0], name, event{once: name != "Status"})
		}
	case "JSON", "AbortWithStatusJSON", "AbortWithStatusPureJSON", "IndentedJSON", "SecureJSON", "JSONP", "AsciiJSON", "PureJSON",
		"XML", "YAML", "TOML", "ProtoBuf", "HTML", "String", "Data", "DataFromReader", "Render":
		if len(args) > 1 {
			content := !f.emptyContent(args[len(args)-1])
			f.answer(b, call, r, args[0], name, event{content: content, message: content, once: true})
		}
	case "Redirect":
		if len(args) == 2 {
			f.answer(b, call, r, args[0], name, event{sent: fieldLocation})
		}
	case "File", "FileFromFS", "FileAttachment":
		f.copied(b, call, recv)
	default:
		return false
	}
	return true
}

func (f *fn) echo(b *cfg.Block, call *ast.CallExpr, name string, recv ast.Expr) bool {
	args := call.Args
	if recv == nil {
		if name == "NewHTTPError" && len(args) > 0 {
			f.carrierAnswer(b, call, kindEcho, args[0], "echo.NewHTTPError")
			return true
		}
		return false
	}
	r := f.ref(recv)
	switch name {
	case "NoContent", "WriteHeader":
		if len(args) == 1 {
			f.answer(b, call, r, args[0], name, event{})
		}
	case "JSON", "JSONPretty", "JSONBlob", "JSONP", "JSONPBlob", "XML", "XMLPretty", "XMLBlob", "HTML", "HTMLBlob",
		"String", "Blob", "Stream", "Render":
		if len(args) > 1 {
			f.answer(b, call, r, args[0], name, event{content: !f.emptyContent(args[len(args)-1])})
		}
	case "Redirect":
		if len(args) == 2 {
			f.answer(b, call, r, args[0], name, event{sent: fieldLocation})
		}
	default:
		return false
	}
	return true
}

func (f *fn) fiber(b *cfg.Block, call *ast.CallExpr, name string, recv ast.Expr) bool {
	args := call.Args
	if recv == nil {
		if name == "NewError" && len(args) > 0 {
			f.carrierAnswer(b, call, kindFiber, args[0], "fiber.NewError")
			return true
		}
		return false
	}
	r := f.ref(recv)
	switch name {
	case "Status", "SendStatus":
		if len(args) == 1 {
			f.answer(b, call, r, args[0], name, event{})
		}
	case "Set", "Append":
		if len(args) > 1 {
			f.setField(b, r, call, args[0], args[1], false)
		}
	case "Location":
		f.emit(b, event{kind: evSet, w: r, node: call, key: "Location", set: fieldLocation})
	case "Redirect":
		if len(args) == 2 {
			f.answer(b, call, r, args[1], name, event{sent: fieldLocation})
		}
	default:
		return false
	}
	return true
}

// carrierAnswer handles an error value that the framework turns into an answer
// without further fields: what the context has got by then is all there is.
func (f *fn) carrierAnswer(b *cfg.Block, call *ast.CallExpr, k kind, code ast.Expr, sink string) {
	v := f.onlyWriter(k)
	f.answer(b, call, ref{root: v}, code, sink, event{carrier: true})
}
