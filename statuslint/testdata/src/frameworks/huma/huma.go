package handlers

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
)

type input struct{ ID string }

type output struct{ Body string }

func wrong(ctx context.Context, in *input) (*output, error) {
	if in.ID == "" {
		return nil, huma.Error403Forbidden("no")
	}
	return nil, huma.Error401Unauthorized("log in") // want `S-401-carrier`
}

func right(ctx context.Context, in *input) (*output, error) {
	return nil, huma.ErrorWithHeaders(huma.Error401Unauthorized("log in"), http.Header{"WWW-Authenticate": {"Bearer"}})
}

func middleware(api huma.API) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		if ctx.Method() != "GET" {
			huma.WriteErr(api, ctx, 405, "use GET") // want `S-405-allow`
			return
		}
		next(ctx)
	}
}

func middlewareRight(ctx huma.Context, next func(huma.Context)) {
	if ctx.Method() != "GET" {
		ctx.SetStatus(405)
		ctx.SetHeader("Allow", "GET")
		return
	}
	next(ctx)
}
