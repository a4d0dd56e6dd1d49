package interop

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"example.com/httpstatus"
)

// newKubernetes answers as the API server does: with a Status object, encoded by
// the machinery's codec.
func newKubernetes() http.Handler {
	scheme := runtime.NewScheme()
	v1 := schema.GroupVersion{Version: "v1"}
	metav1.AddToGroupVersion(scheme, v1)
	codec := serializer.NewCodecFactory(scheme).LegacyCodec(v1)

	pods := schema.GroupResource{Resource: "pods"}
	spec := field.NewPath("spec")
	failures := map[string]*apierrors.StatusError{
		"not-found":    apierrors.NewNotFound(pods, "web-0"),
		"exists":       apierrors.NewAlreadyExists(pods, "web-0"),
		"conflict":     apierrors.NewConflict(pods, "web-0", errors.New("the object has been modified")),
		"unauthorized": apierrors.NewUnauthorized("Unauthorized"),
		"forbidden":    apierrors.NewForbidden(pods, "web-0", errors.New("not yours")),
		"gone":         apierrors.NewResourceExpired("the resourceVersion is too old"),
		"bad":          apierrors.NewBadRequest("the object is not valid JSON"),
		"method":       apierrors.NewMethodNotSupported(pods, "patch"),
		"busy":         apierrors.NewTooManyRequests("slow down", 3),
		"timeout":      apierrors.NewServerTimeout(pods, "list", 2),
		"too-large":    apierrors.NewRequestEntityTooLargeError("limit is 3145728"),
		"unavailable":  apierrors.NewServiceUnavailable("etcd is down"),
		"internal":     apierrors.NewInternalError(errors.New("pq: no connection")),
		"generic":      apierrors.NewGenericServerResponse(502, "get", pods, "web-0", "bad gateway", 0, true),
		"invalid": apierrors.NewInvalid(schema.GroupKind{Kind: "Pod"}, "web-0", field.ErrorList{
			field.Required(spec.Child("containers").Index(0).Child("image"), ""),
			field.Invalid(field.NewPath("metadata", "labels").Key("example.com/tier"), "#", "not a label"),
			field.NotSupported(spec.Child("restartPolicy"), "Maybe", []string{"Always", "Never"}),
		}),
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		failure := failures[strings.TrimPrefix(r.URL.Path, "/")].Status()
		if failure.Details != nil && failure.Details.RetryAfterSeconds > 0 {
			w.Header().Set("Retry-After", fmt.Sprint(failure.Details.RetryAfterSeconds))
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(int(failure.Code))
		if err := codec.Encode(&failure, w); err != nil {
			panic(err)
		}
	})
}

func TestDecodeKubernetes(t *testing.T) {
	decodeAll(t, newKubernetes(), []foreign{
		{name: "not found", request: "GET /not-found", status: 404, code: "NotFound", message: `pods "web-0" not found`},
		{name: "exists", request: "GET /exists", status: 409, code: "AlreadyExists", message: `pods "web-0" already exists`},
		{name: "conflict", request: "GET /conflict", status: 409, code: "Conflict",
			message: `Operation cannot be fulfilled on pods "web-0": the object has been modified`},
		{name: "unauthorized", request: "GET /unauthorized", status: 401, code: "Unauthorized", message: "Unauthorized"},
		{name: "forbidden", request: "GET /forbidden", status: 403, code: "Forbidden", message: `pods "web-0" is forbidden: not yours`},
		{name: "gone", request: "GET /gone", status: 410, code: "Expired", message: "the resourceVersion is too old"},
		{name: "bad", request: "GET /bad", status: 400, code: "BadRequest", message: "the object is not valid JSON"},
		{name: "method", request: "GET /method", status: 405, code: "MethodNotAllowed", message: `patch is not supported on resources of kind "pods"`},
		{name: "busy", request: "GET /busy", status: 429, code: "TooManyRequests", message: "slow down",
			also: func(t *testing.T, e *httpstatus.Error) {
				retry := httpstatus.Attempt{Status: e.Status(), Header: e.Header()}.Retry()
				assert.Equal(t, 3*time.Second, retry.Wait)
			}},
		{name: "timeout", request: "GET /timeout", status: 500, code: "ServerTimeout",
			message: "The list operation against pods could not be completed at this time, please try again."},
		{name: "too large", request: "GET /too-large", status: 413, code: "RequestEntityTooLarge", message: "Request entity too large: limit is 3145728"},
		{name: "unavailable", request: "GET /unavailable", status: 503, code: "ServiceUnavailable", message: "etcd is down"},
		{name: "internal", request: "GET /internal", status: 500, code: "InternalError", message: "Internal error occurred: pq: no connection"},
		{name: "generic", request: "GET /generic", status: 502, code: "InternalError",
			message: `an error on the server ("bad gateway") has prevented the request from succeeding (get pods web-0)`},
		{name: "invalid", request: "GET /invalid", status: 422, code: "Invalid",
			message: `Pod "web-0" is invalid: [spec.containers[0].image: Required value, ` +
				`metadata.labels[example.com/tier]: Invalid value: "#": not a label, ` +
				`spec.restartPolicy: Unsupported value: "Maybe": supported values: "Always", "Never"]`,
			fields: []httpstatus.Field{
				{Pointer: "/spec/containers/0/image", ErrorCode: "FieldValueRequired", Message: "Required value"},
				{Pointer: "/metadata/labels/example.com~1tier", ErrorCode: "FieldValueInvalid", Message: `Invalid value: "#": not a label`},
				{Pointer: "/spec/restartPolicy", ErrorCode: "FieldValueNotSupported",
					Message: `Unsupported value: "Maybe": supported values: "Always", "Never"`},
			}},
	})
}
