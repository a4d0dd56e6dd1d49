package statuslint

import (
	"go/types"
	"strings"
)

// A role says what part a type plays in answering a request.
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
	roleHuma         // huma.Context
)

// answers reports whether a value of this role leads to a response.
func (k role) answers() bool { return k != roleNone && k != roleRequest }

// role classifies a type.
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
		if path == "net/http" {
			switch name {
			case "ResponseWriter":
				return roleNet
			case "Header":
				return roleHeader
			case "Request":
				return roleRequest
			}
		}
		if k, ok := frameworkRoles[[2]string{framework(path), name}]; ok {
			return k
		}
	} else if !ok {
		if _, isInterface := elem.(*types.Interface); !isInterface {
			if _, isParam := elem.(*types.TypeParam); !isParam {
				return roleNone
			}
		}
	}
	switch like, plain := e.likeWriter(t); {
	case plain:
		return roleNet
	case like:
		return roleLike
	}
	return roleNone
}

// likeWriter reports whether t has the three methods of http.ResponseWriter,
// and whether they are that type's own: a struct that only embeds it.
func (e *engine) likeWriter(t types.Type) (like, plain bool) {
	plain = true
	method := func(name string) *types.Signature {
		obj, _, _ := types.LookupFieldOrMethod(t, true, nil, name)
		f, ok := obj.(*types.Func)
		if !ok {
			return nil
		}
		plain = plain && f.Pkg() != nil && f.Pkg().Path() == "net/http"
		return f.Signature()
	}
	sig := method("WriteHeader")
	if sig == nil || sig.Params().Len() != 1 || sig.Results().Len() != 0 || !isInt(sig.Params().At(0).Type()) {
		return false, false
	}
	sig = method("Header")
	if sig == nil || sig.Params().Len() != 0 || sig.Results().Len() != 1 || e.role(sig.Results().At(0).Type()) != roleHeader {
		return false, false
	}
	sig = method("Write")
	if sig == nil || sig.Params().Len() != 1 || sig.Results().Len() != 2 {
		return false, false
	}
	_, isStruct := deref(t).Underlying().(*types.Struct)
	return true, plain && isStruct
}

// frameworks maps the import paths of web frameworks, without the major
// version, to what rows call them.
var frameworks = map[string]string{
	"github.com/gin-gonic/gin":            "gin",
	"github.com/labstack/echo":            "echo",
	"github.com/gofiber/fiber":            "fiber",
	"github.com/go-chi/render":            "render",
	"github.com/danielgtaylor/huma":       "huma",
	"github.com/emicklei/go-restful":      "restful",
	"github.com/julienschmidt/httprouter": "httprouter",
}

// framework names the web framework that a package path belongs to, or "".
func framework(path string) string {
	if !strings.HasPrefix(path, "github.com/") {
		return ""
	}
	if i := strings.LastIndexByte(path, '/'); i+1 < len(path) && path[i+1] == 'v' && strings.Trim(path[i+2:], "0123456789") == "" {
		path = path[:i]
	}
	return frameworks[path]
}

// frameworkRoles are the types of frameworks that lead to a response.
var frameworkRoles = map[[2]string]role{
	{"gin", "Context"}:        roleGin,
	{"gin", "ResponseWriter"}: roleGin,
	{"gin", "responseWriter"}: roleGin,
	{"echo", "Context"}:       roleEcho,
	{"echo", "Response"}:      roleEcho,
	{"fiber", "Ctx"}:          roleFiber,
	{"fiber", "DefaultCtx"}:   roleFiber,
	{"fiber", "CustomCtx"}:    roleFiber,
	{"huma", "Context"}:       roleHuma,
}
