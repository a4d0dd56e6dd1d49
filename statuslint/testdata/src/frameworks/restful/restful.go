package handlers

import (
	"net/http"

	"github.com/emicklei/go-restful/v3"
)

func wrong(req *restful.Request, resp *restful.Response) {
	if req.Request.Method != "GET" {
		resp.WriteErrorString(http.StatusMethodNotAllowed, "use GET") // want `S-405-allow`
		return
	}
	var v struct{ Name string }
	if err := req.ReadEntity(&v); err != nil {
		resp.WriteError(http.StatusInternalServerError, err) // want `S-5xx-for-input`
		return
	}
	if v.Name == "" {
		resp.WriteErrorString(http.StatusBadRequest, "no name") // want `S-error-no-return`
	}
	resp.WriteHeaderAndEntity(http.StatusCreated, v)
}

func right(req *restful.Request, resp *restful.Response) {
	if req.Request.Method != "GET" {
		resp.AddHeader("Allow", "GET")
		resp.WriteErrorString(http.StatusMethodNotAllowed, "use GET")
		return
	}
	resp.WriteEntity("there")
}
