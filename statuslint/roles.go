package statuslint

import (
	"go/types"
	"strings"
)

// A kind says what part a type plays in answering a request.
type role uint8

const (
	roleNone    role = iota
	roleNet          // http.ResponseWriter itself
	roleLike         // another type with its three methods
	roleHeader       // http.Header
	roleRequest      // *http.Request
	roleGin          // *gin.Context
	roleEcho         // echo.Context
	roleFiber        // fiber.Ctx
)

// answers reports whether a value of this kind leads to a response.
func (k role) answers() bool { return k != roleNone && k != roleRequest }

// kind classifies a type.
func (e *engine) role(t types.Type) role {
	if t == nil {
		return roleNone
	}
	if k, ok := e.roles[t]; ok {
		return k
	}
	e.roles[t] = roleNone // for a type that refers to itself
	k := e.roleOf(t)
	e.roles[t] = k
	return k
}

func (e *engine) roleOf(t types.Type) role {
	t = types.Unalias(t)
	elem := t
	if p, ok := t.(*types.Pointer); ok {
		elem = types.Unalias(p.Elem())
	}
	named, ok := elem.(*types.Named)
	if ok && named.Obj().Pkg() != nil {
		path, name := named.Obj().Pkg().Path(), named.Obj().Name()
		switch {
		case path == "net/http":
			switch name {
			case "ResponseWriter":
				return roleNet
			case "Header":
				return roleHeader
			case "Request":
				return roleRequest
			}
		case framework(path) == "gin" && name == "Context":
			return roleGin
		case framework(path) == "echo" && (name == "Context" || name == "Response"):
			return roleEcho
		case framework(path) == "fiber" && (name == "Ctx" || name == "DefaultCtx"):
			return roleFiber
		}
	} else if !ok {
		if _, isInterface := elem.(*types.Interface); !isInterface {
			if _, isParam := elem.(*types.TypeParam); !isParam {
				return roleNone
			}
		}
	}
	if e.likeWriter(t) {
		return roleLike
	}
	return roleNone
}

// likeWriter reports whether t has the three methods of http.ResponseWriter.
func (e *engine) likeWriter(t types.Type) bool {
	method := func(name string) *types.Signature {
		obj, _, _ := types.LookupFieldOrMethod(t, true, nil, name)
		f, ok := obj.(*types.Func)
		if !ok {
			return nil
		}
		return f.Signature()
	}
	sig := method("WriteHeader")
	if sig == nil || sig.Params().Len() != 1 || sig.Results().Len() != 0 || !isInt(sig.Params().At(0).Type()) {
		return false
	}
	sig = method("Header")
	if sig == nil || sig.Params().Len() != 0 || sig.Results().Len() != 1 || e.role(sig.Results().At(0).Type()) != roleHeader {
		return false
	}
	sig = method("Write")
	return sig != nil && sig.Params().Len() == 1 && sig.Results().Len() == 2
}

// framework names the web framework that a package path belongs to, or "".
func framework(path string) string {
	switch {
	case !strings.HasPrefix(path, "github.com/"):
		return ""
	case path == "github.com/gin-gonic/gin":
		return "gin"
	case path == "github.com/labstack/echo" || strings.HasPrefix(path, "github.com/labstack/echo/v") && !strings.Contains(path[len("github.com/labstack/echo/v"):], "/"):
		return "echo"
	case path == "github.com/gofiber/fiber" || strings.HasPrefix(path, "github.com/gofiber/fiber/v") && !strings.Contains(path[len("github.com/gofiber/fiber/v"):], "/"):
		return "fiber"
	case path == "github.com/go-chi/render":
		return "render"
	}
	return ""
}
