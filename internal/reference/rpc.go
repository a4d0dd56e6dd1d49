package reference

// RPCCode is one line of enum Code in google/rpc/code.proto, and the name of the
// same code in the Connect Protocol.
type RPCCode struct {
	Number  int
	Name    string
	HTTP    int    // "HTTP Mapping"
	Connect string // the table "Error Codes", in which the status codes are the same
}

// RPCCodes is enum Code in the order of that file.
var RPCCodes = []RPCCode{
	{0, "OK", 200, ""},
	{1, "CANCELLED", 499, "canceled"},
	{2, "UNKNOWN", 500, "unknown"},
	{3, "INVALID_ARGUMENT", 400, "invalid_argument"},
	{4, "DEADLINE_EXCEEDED", 504, "deadline_exceeded"},
	{5, "NOT_FOUND", 404, "not_found"},
	{6, "ALREADY_EXISTS", 409, "already_exists"},
	{7, "PERMISSION_DENIED", 403, "permission_denied"},
	{16, "UNAUTHENTICATED", 401, "unauthenticated"},
	{8, "RESOURCE_EXHAUSTED", 429, "resource_exhausted"},
	{9, "FAILED_PRECONDITION", 400, "failed_precondition"},
	{10, "ABORTED", 409, "aborted"},
	{11, "OUT_OF_RANGE", 400, "out_of_range"},
	{12, "UNIMPLEMENTED", 501, "unimplemented"},
	{13, "INTERNAL", 500, "internal"},
	{14, "UNAVAILABLE", 503, "unavailable"},
	{15, "DATA_LOSS", 500, "data_loss"},
}

// GRPCFromHTTP is the table of "HTTP to gRPC Status Code Mapping".
func GRPCFromHTTP(status int) string {
	switch status {
	case 400:
		return "INTERNAL"
	case 401:
		return "UNAUTHENTICATED"
	case 403:
		return "PERMISSION_DENIED"
	case 404:
		return "UNIMPLEMENTED"
	case 429:
		return "UNAVAILABLE"
	case 431:
		return "INTERNAL"
	case 502:
		return "UNAVAILABLE"
	case 503:
		return "UNAVAILABLE"
	case 504:
		return "UNAVAILABLE"
	}
	return "UNKNOWN"
}

// ConnectFromHTTP is the table "HTTP to Error Code" of the Connect Protocol.
func ConnectFromHTTP(status int) string {
	switch status {
	case 400:
		return "internal"
	case 401:
		return "unauthenticated"
	case 403:
		return "permission_denied"
	case 404:
		return "unimplemented"
	case 429:
		return "unavailable"
	case 502:
		return "unavailable"
	case 503:
		return "unavailable"
	case 504:
		return "unavailable"
	}
	return "unknown"
}
