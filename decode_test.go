package httpstatus_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/httpstatus"
)

type fields = []httpstatus.Field

// TestDecodeShapes reads bodies as the named servers send them; they are out
// of their documentation.
func TestDecodeShapes(t *testing.T) {
	for _, tt := range []struct {
		why     string
		status  int
		body    string
		code    string // "-" for the default one
		message string
		fields  fields
	}{
		{"ours", 404, `{"error":"user_not_found","message":"No user with ID 42 exists."}`, "user_not_found", "No user with ID 42 exists.", nil},
		{"ours, with spaces", 404, "{\"error\":\" a \",\"message\":\" b \"}\n", " a ", " b ", nil},
		{"ours, by another encoder", 404, "\n{ \"message\" : \"caf\\u00e9 \\ud83d\\ude00\",\n\"error\":\"a\" }\n", "a", "café 😀", nil},
		{"ours, with fields", 422, `{"error":"a","message":"b","fields":[{"pointer":"/email","error":"bad","message":"No."},{"message":"In all."}]}`,
			"a", "b", fields{{Pointer: "/email", ErrorCode: "bad", Message: "No."}, {Message: "In all."}}},
		{"not only lists of what is wrong", 422, `{"a":{"b":["x"]},"c":{"d":5}}`, "-", "Unprocessable Content", nil},
		{"our code is whatever it is", 409, `{"error":"Conflicting","message":"b"}`, "Conflicting", "b", nil},
		{"but the phrase of the status", 409, `{"error":"Conflict","message":"b"}`, "-", "b", nil},
		{"but the phrase of the status, the long way", 404, `{"message":"b","error":"Not Found"}`, "-", "b", nil},
		{"our code with spaces", 409, `{"error":"in conflict","message":"b","x":1}`, "in conflict", "b", nil},
		{"an error that is a code", 400, `{"error":"bad_thing"}`, "bad_thing", "Bad Request", nil},
		{"an error that is a text", 400, `{"error":"Something is bad"}`, "-", "Something is bad", nil},
		{"an error text and a code", 400, `{"error":"invalid","code":"E17"}`, "E17", "Bad Request", nil},
		{"an error phrase, a message and a code", 400, `{"error":"Bad Request","message":"No.","code":"E17"}`, "E17", "No.", nil},
		{"a list of errors under its singular", 400, `{"error":["No.","Nor that."]}`, "-", "No.; Nor that.", nil},
		{"a message alone", 403, `{"message":"Forbidden"}`, "-", "Forbidden", nil},
		{"nested", 404, `{"error":{"code":"x","message":"y"}}`, "x", "y", nil},
		{"a list", 400, `{"errors":[{"code":"x","message":"y"},{"code":"z","message":"w"}]}`, "x", "y", nil},

		{"Google", 400, `{"error":{"code":400,"message":"Invalid value.","status":"INVALID_ARGUMENT","details":[{"@type":"type.googleapis.com/google.rpc.BadRequest",
			"fieldViolations":[{"field":"user.emails[0]","description":"Not an address.","reason":"BAD"}]}]}}`, "INVALID_ARGUMENT", "Invalid value.",
			fields{{Pointer: "/user/emails/0", ErrorCode: "BAD", Message: "Not an address."}}},
		{"Google, of old", 404, `{"error":{"errors":[{"domain":"global","reason":"notFound","message":"Not Found"}],"code":404,"message":"Not Found"}}`, "notFound", "Not Found", nil},
		{"grpc-gateway", 404, `{"code":5,"message":"no such user","details":[]}`, "not_found", "no such user", nil},
		{"GitHub", 422, `{"message":"Validation Failed","errors":[{"resource":"Issue","field":"title","code":"missing_field"}],"documentation_url":"https://docs.github.com/"}`,
			"-", "Validation Failed", fields{{Pointer: "/title", ErrorCode: "missing_field"}}},
		{"GitHub, not found", 404, `{"message":"Not Found","documentation_url":"https://docs.github.com/rest","status":"404"}`, "-", "Not Found", nil},
		{"Microsoft", 400, `{"error":{"code":"BadArgument","message":"Multiple errors in ContactInfo data","target":"ContactInfo",
			"details":[{"code":"NullValue","target":"PhoneNumber","message":"Phone number must not be null"},{"code":"x","message":"no target"}],
			"innererror":{"code":"PasswordError"}}}`, "BadArgument", "Multiple errors in ContactInfo data",
			fields{{Pointer: "/PhoneNumber", ErrorCode: "NullValue", Message: "Phone number must not be null"}}},
		{"OData 3", 404, `{"odata.error":{"code":"Request_ResourceNotFound","message":{"lang":"en","value":"Resource not found."}}}`, "Request_ResourceNotFound", "Resource not found.", nil},
		{"JSON:API", 422, `{"errors":[{"status":"422","code":"E1","title":"Invalid Attribute","detail":"Too short.","source":{"pointer":"/data/attributes/firstName"}},
			{"status":"422","title":"Bad","source":{"parameter":"include"}}]}`, "E1", "Too short.",
			fields{{Pointer: "/data/attributes/firstName", ErrorCode: "E1", Message: "Too short."}, {Parameter: "include", Message: "Bad"}}},
		{"JSON:API, bare", 404, `{"errors":[{"status":"404","title":"Not there"}]}`, "-", "Not there", nil},
		{"Kubernetes", 422, `{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"Pod \"x\" is invalid","reason":"Invalid",
			"details":{"name":"x","kind":"Pod","causes":[{"reason":"FieldValueRequired","message":"Required value","field":"spec.containers[0].name"}]},"code":422}`,
			"Invalid", `Pod "x" is invalid`, fields{{Pointer: "/spec/containers/0/name", ErrorCode: "FieldValueRequired", Message: "Required value"}}},
		{"Spring", 404, `{"timestamp":"2024-01-01T00:00:00.000+00:00","status":404,"error":"Not Found","message":"No message available","path":"/x"}`,
			"-", "No message available", nil},
		{"Spring, no message", 404, `{"timestamp":"2024-01-01T00:00:00.000+00:00","status":404,"error":"Not Found","path":"/x"}`, "-", "Not Found", nil},
		{"Spring, one word", 409, `{"timestamp":1,"status":409,"error":"Conflict","message":"No.","path":"/x"}`, "-", "No.", nil},
		{"NestJS", 400, `{"statusCode":400,"message":["email must be an email","name is short"],"error":"Bad Request"}`, "-", "email must be an email; name is short", nil},
		{"Fastify", 400, `{"statusCode":400,"code":"FST_ERR_VALIDATION","error":"Bad Request","message":"body must be object"}`, "FST_ERR_VALIDATION", "body must be object", nil},
		{"FastAPI", 404, `{"detail":"Item not found"}`, "-", "Item not found", nil},
		{"FastAPI, validation", 422, `{"detail":[{"loc":["body","items",0,"price"],"msg":"field required","type":"value_error.missing"},
			{"loc":["query","q"],"msg":"too short","type":"x"}]}`, "value_error.missing", "field required",
			fields{{Pointer: "/items/0/price", ErrorCode: "value_error.missing", Message: "field required"}, {Parameter: "q", ErrorCode: "x", Message: "too short"}}},
		{"FastAPI, the path", 404, `{"detail":[{"loc":["path","item_id"],"msg":"Not a number.","type":"int_parsing"},{"loc":["header","x-token"],"msg":"Missing.","type":"missing"},
			{"loc":["cookie","c"],"msg":"Missing.","type":"missing"}]}`, "int_parsing", "Not a number.",
			fields{{Parameter: "item_id", ErrorCode: "int_parsing", Message: "Not a number."}, {Header: "x-token", ErrorCode: "missing", Message: "Missing."}}},
		{"FastAPI, an object", 400, `{"detail":{"code":"x","message":"y"}}`, "x", "y", nil},
		{"an object for details", 400, `{"code":"x","message":"y","detail":{"a":1}}`, "x", "y", nil},
		{"a code beside the object", 400, `{"type":"error","code":"x","error":{"message":"y"},"fields":[{"field":"a","message":"b"}]}`, "x", "y", fields{{Pointer: "/a", Message: "b"}}},
		{"OAuth", 400, `{"error":"invalid_grant","error_description":"The code has expired.","error_uri":"https://x"}`, "invalid_grant", "The code has expired.", nil},
		{"Stripe", 402, `{"error":{"code":"card_declined","decline_code":"x","message":"Your card was declined.","param":"card[number]","type":"card_error"}}`,
			"card_declined", "Your card was declined.", fields{{Pointer: "/card/number", ErrorCode: "card_declined", Message: "Your card was declined."}}},
		{"Stripe, no code", 400, `{"error":{"message":"No such price","type":"invalid_request_error"}}`, "invalid_request_error", "No such price", nil},
		{"OpenAI", 401, `{"error":{"message":"Incorrect key.","type":"invalid_request_error","param":null,"code":null}}`, "invalid_request_error", "Incorrect key.", nil},
		{"Anthropic", 404, `{"type":"error","error":{"type":"not_found_error","message":"Not there."}}`, "not_found_error", "Not there.", nil},
		{"Twirp", 404, `{"code":"not_found","msg":"no hats","meta":{"size":"3"}}`, "not_found", "no hats", nil},
		{"Connect", 429, `{"code":"resource_exhausted","message":"slow down","details":[{"type":"google.rpc.RetryInfo","value":"CgIIPA"}]}`, "resource_exhausted", "slow down", nil},
		{"Vault", 403, `{"errors":["1 error occurred","permission denied"]}`, "-", "1 error occurred; permission denied", nil},
		{"Vault, empty", 404, `{"errors":[]}`, "-", "Not Found", nil},
		{"DynamoDB", 400, `{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","message":"Requested resource not found"}`,
			"ResourceNotFoundException", "Requested resource not found", nil},
		{"AWS, capital", 400, `{"__type":"AccessDenied","Message":"No."}`, "AccessDenied", "No.", nil},
		{"S3", 404, `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<Error><Code>NoSuchKey</Code><Message>The key &quot;a&quot; does not exist.</Message></Error>`,
			"NoSuchKey", `The key "a" does not exist.`, nil},
		{"Elasticsearch", 404, `{"error":{"root_cause":[{"type":"x","reason":"y"}],"type":"index_not_found_exception","reason":"no such index [a]"},"status":404}`,
			"index_not_found_exception", "no such index [a]", nil},
		{"Cloudflare", 403, `{"success":false,"errors":[{"code":1003,"message":"Invalid zone"}],"messages":[]}`, "1003", "Invalid zone", nil},
		{"Twilio", 404, `{"code":20404,"message":"Not there","more_info":"https://x","status":404}`, "20404", "Not there", nil},
		{"Okta", 401, `{"errorCode":"E0000011","errorSummary":"Invalid token","errorCauses":[]}`, "E0000011", "Invalid token", nil},
		{"Salesforce", 400, `[{"message":"Bad field","errorCode":"INVALID_FIELD"}]`, "INVALID_FIELD", "Bad field", nil},
		{"Jira", 400, `{"errorMessages":["One.","Two."],"errors":{"summary":"Required."}}`, "-", "One.; Two.", fields{{Pointer: "/summary", Message: "Required."}}},
		{"Laravel", 422, `{"message":"Invalid.","errors":{"email":["Required.","Not one."],"a.b":["No."]}}`, "-", "Invalid.",
			fields{{Pointer: "/email", Message: "Required."}, {Pointer: "/email", Message: "Not one."}, {Pointer: "/a/b", Message: "No."}}},
		{"GraphQL", 400, `{"errors":[{"message":"Cannot query.","locations":[{"line":1}],"path":["a"],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}`,
			"GRAPHQL_VALIDATION_FAILED", "Cannot query.", nil},
		{"Docker registry", 404, `{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown","detail":{"Tag":"x"}}]}`, "MANIFEST_UNKNOWN", "manifest unknown", nil},
		{"Zod", 400, `{"message":"Bad.","issues":[{"code":"too_small","path":["a",0],"message":"Short."}]}`, "-", "Bad.", fields{{Pointer: "/a/0", ErrorCode: "too_small", Message: "Short."}}},
		{"JSend", 400, `{"status":"error","message":"Bad."}`, "-", "Bad.", nil},
		{"echo", 404, `{"message":"Not Found"}` + "\n", "-", "Not Found", nil},
		{"Django REST framework", 400, `{"email":["Required."],"profile":{"age":["Not a number.","Too short."]}}`, "-", "Bad Request",
			fields{{Pointer: "/email", Message: "Required."}, {Pointer: "/profile/age", Message: "Not a number."}, {Pointer: "/profile/age", Message: "Too short."}}},
		{"Django REST framework, of no field", 400, `{"non_field_errors":["Wrong.","Again."]}`, "-", "Wrong.; Again.", nil},
		{"lists, and a value that is none", 400, `{"email":["Required."],"id":7}`, "-", "Bad Request", nil},
		{"lists of something else", 400, `{"items":[1,2],"rest":{}}`, "-", "Bad Request", nil},
		{"Rails, of the whole", 422, `{"message":"Invalid.","errors":{"base":["Closed."],"name":["Taken."]}}`, "-", "Invalid.",
			fields{{Message: "Closed."}, {Pointer: "/name", Message: "Taken."}}},
		{"Phoenix", 404, `{"errors":{"detail":"Page not found"}}`, "-", "Page not found", nil},
		{"a field by the name of detail", 422, `{"errors":{"detail":["Required."]}}`, "-", "Unprocessable Content", fields{{Pointer: "/detail", Message: "Required."}}},
		{"Shopify, a text", 401, `{"errors":"[API] Invalid access token"}`, "-", "[API] Invalid access token", nil},
		{"Google, of a stream", 400, `[{"error":{"code":400,"message":"Bad.","status":"INVALID_ARGUMENT"}}]`, "INVALID_ARGUMENT", "Bad.", nil},
		{"Kubernetes, a cause without a field", 500, `{"kind":"Status","message":"m","reason":"InternalError","details":{"causes":[{"message":"no connection"}]},"code":500}`, "InternalError", "m", nil},
		{"grpc-gateway, no message", 409, `{"code":6,"message":"","details":[]}`, "already_exists", "Conflict", nil},
		{"a phrase under the name of code", 404, `{"code":"Not Found","message":"m"}`, "-", "m", nil},
		{"a reason that happens to be the phrase", 409, `{"kind":"Status","message":"m","reason":"Conflict","code":409}`, "Conflict", "m", nil},
		{"grpc-gateway, of old", 404, `{"error":"no user","message":"no user","code":5,"details":[]}`, "not_found", "no user", nil},
		{"grpc-gateway, of old and without details", 400, `{"error":"no key","message":"no key","code":3}`, "invalid_argument", "no key", nil},
		{"Intercom", 404, `{"type":"error.list","request_id":"x","errors":[{"code":"gone","message":"Not there."}]}`, "gone", "Not there.", nil},
		{"lists that a code of another kind carries", 409, `{"items":["a","b"]}`, "-", "Conflict", nil},
		{"OpenStack", 404, `{"itemNotFound":{"code":404,"message":"No instance."}}`, "itemNotFound", "No instance.", nil},
		{"Salesforce, fields", 400, `[{"message":"Bad ID","errorCode":"MALFORMED_ID","fields":["Id","Owner.Id"]}]`, "MALFORMED_ID", "Bad ID",
			fields{{Pointer: "/Id", ErrorCode: "MALFORMED_ID", Message: "Bad ID"}, {Pointer: "/Owner/Id", ErrorCode: "MALFORMED_ID", Message: "Bad ID"}}},
		{"ASP.NET Web API", 400, `{"Message":"Invalid.","ModelState":{"model.Name":["Required."]}}`, "-", "Invalid.", fields{{Pointer: "/model/Name", Message: "Required."}}},
		{"API Platform", 422, `{"@type":"ConstraintViolationList","hydra:description":"name: blank","violations":[{"propertyPath":"name","message":"blank","code":"c1"}]}`,
			"-", "name: blank", fields{{Pointer: "/name", ErrorCode: "c1", Message: "blank"}}},
		{"Zendesk", 422, `{"error":"RecordInvalid","description":"Invalid.","details":{"value":[{"type":"blank","description":"Required."}]}}`, "RecordInvalid", "Invalid.",
			fields{{Pointer: "/value", ErrorCode: "blank", Message: "Required."}}},
		{"GitLab", 400, `{"message":{"bio":["is too long"]}}`, "-", "Bad Request", fields{{Pointer: "/bio", Message: "is too long"}}},
		{"Discord", 400, `{"code":50035,"message":"Invalid form","errors":{"user":{"name":{"_errors":[{"code":"REQUIRED","message":"Required."}]}}}}`, "50035", "Invalid form",
			fields{{Pointer: "/user/name", ErrorCode: "REQUIRED", Message: "Required."}}},
		{"Strapi", 400, `{"data":null,"error":{"status":400,"name":"ValidationError","message":"Invalid.","details":{"errors":[{"path":["title"],"message":"Required.","name":"ValidationError"}]}}}`,
			"ValidationError", "Invalid.", fields{{Pointer: "/title", Message: "Required."}}},
		{"PayPal", 422, `{"message":"Refused.","details":[{"field":"/amount","issue":"DECIMAL_PRECISION","description":"Too precise."}]}`, "-", "Refused.",
			fields{{Pointer: "/amount", ErrorCode: "DECIMAL_PRECISION", Message: "Too precise."}}},
		{"Prometheus", 400, `{"status":"error","errorType":"bad_data","error":"no such label"}`, "bad_data", "no such label", nil},
		{"express-validator", 400, `{"errors":[{"type":"field","msg":"Invalid value","path":"user.email","location":"body"},{"type":"field","msg":"No.","path":"q","location":"query"}]}`,
			"-", "Invalid value", fields{{Pointer: "/user/email", Message: "Invalid value"}, {Parameter: "q", Message: "No."}}},

		{"a JSON string", 400, `"Bad thing"`, "-", "Bad thing", nil},
		{"a JSON null", 400, `null`, "-", "Bad Request", nil},
		{"compressed", 400, "\x1f\x8bx", "-", "Bad Request", nil},
		{"colored", 400, "\x1b[31mNo.\x1b[0m", "-", "\x1b[31mNo.\x1b[0m", nil},
		{"an empty object", 400, `{}`, "-", "Bad Request", nil},
		{"an empty array", 400, `[]`, "-", "Bad Request", nil},
		{"an array of nothing useful", 400, `[1,null]`, "-", "Bad Request", nil},
		{"net/http", 404, "404 page not found\n", "-", "404 page not found", nil},
		{"text in braces", 400, "{oops}", "-", "{oops}", nil},
		{"empty", 400, "", "-", "Bad Request", nil},
		{"white space", 400, " \r\n\t", "-", "Bad Request", nil},
		{"a byte order mark", 400, "\ufeff{\"error\":\"a\",\"message\":\"b\"}", "a", "b", nil},
		{"text that is not UTF-8", 400, "caf\xe9", "-", "caf\ufffd", nil},
		{"JSON that is not UTF-8", 400, "{\"error\":\"a\xff\",\"message\":\"caf\xe9 \xed\xa0\x80\"}", "a\ufffd", "caf\ufffd \ufffd\ufffd\ufffd", nil},
		{"half a surrogate pair", 400, `{"error":"a","message":"\ud83d\ud83d\ude00 \udE00 \u00"}`, "a", "\ufffd😀 \ufffd \ufffd00", nil},
		{"binary", 400, "\x00\x01\x02", "-", "Bad Request", nil},

		{"nginx", 502, "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n",
			"-", "502 Bad Gateway", nil},
		{"a page without a title", 404, "<!DOCTYPE html><HTML><body><title> </title><H1 class=x>Not  <b>here</b>&#33; &amp;&lt;&#x1F600;&bogus;&#0;&nbsp;x</H1>", "-", "Not here ! &<😀&bogus;\ufffd x", nil},
		{"a page that says nothing", 404, "<html><body><img></body></html>", "-", "Not Found", nil},
		{"a page that is cut off", 404, "<html><title>Not he", "-", "Not he", nil},
		{"a tag that is cut off", 404, "<html><title>Not here<b", "-", "Not here", nil},
		{"only a tag, cut off", 404, "<title", "-", "Not Found", nil},
		{"references", 404, "<title>&quot;&apos;&#39;&#zz;</title>", "-", `"''&#zz;`, nil},
		{"XML in another spelling", 404, "<Error><Code>A</Code><message>b</message></Error>", "A", "b", nil},
		{"a title of another name", 404, "<titles>a</titles>", "-", "Not Found", nil},
		{"CDATA", 404, "<Error><Code>A</Code><Message><![CDATA[<b> it]]></Message></Error>", "A", "it", nil},
		{"RFC 9457, Appendix B", 403, `<?xml version="1.0" encoding="UTF-8"?><problem xmlns="urn:ietf:rfc:7807"><type>https://example.com/probs/out-of-credit</type>
			<title>You do not have enough credit.</title><detail>Your current balance is 30.</detail></problem>`, "-", "Your current balance is 30.", nil},

		{"SOAP 1.1", 500, `<?xml version="1.0"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Header><t:id xmlns:t="urn:t">7</t:id></soap:Header>
			<soap:Body><soap:Fault><faultcode>soap:Client</faultcode><faultstring xml:lang="en">No such &lt;user&gt;.</faultstring><detail><e>x</e></detail></soap:Fault></soap:Body></soap:Envelope>`,
			"Client", "No such <user>.", nil},
		{"SOAP 1.1, a code of its own", 500, `<SOAP-ENV:Envelope><SOAP-ENV:Body><SOAP-ENV:Fault><faultcode>sf:INVALID_LOGIN</faultcode><faultstring>No.</faultstring></SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>`,
			"INVALID_LOGIN", "No.", nil},
		{"SOAP 1.2", 500, `<env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope"><env:Body><env:Fault><env:Code><env:Value>env:Sender</env:Value></env:Code>
			<env:Reason><env:Text xml:lang="en">Bad  order.</env:Text><env:Text xml:lang="de">Falsch.</env:Text></env:Reason></env:Fault></env:Body></env:Envelope>`, "Sender", "Bad order.", nil},
		{"SOAP 1.2, a subcode", 500, `<Envelope><Body><Fault><Code><Value>e:Sender</Value><Subcode><Value>m:Timeout</Value></Subcode></Code><Reason><Text>Late.</Text></Reason></Fault></Body></Envelope>`,
			"Timeout", "Late.", nil},
		{"SOAP in JSON", 500, `{"Envelope":{"Body":{"Fault":{"faultcode":"Server","faultstring":"No."}}}}`, "Server", "No.", nil},
		{"FHIR", 404, `{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"not-found","diagnostics":"Resource Patient/1 is not known"}]}`,
			"not-found", "Resource Patient/1 is not known", nil},
		{"FHIR, with details and a place", 422, `{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"invalid","details":{"text":"Not a date."},"diagnostics":"x",
			"expression":["Patient.contact[0].birthDate"]}]}`, "invalid", "Not a date.", fields{{Pointer: "/contact/0/birthDate", ErrorCode: "invalid", Message: "Not a date."}}},
		{"FHIR in XML", 404, `<OperationOutcome xmlns="http://hl7.org/fhir"><issue><severity value="error"/><code value="not-found"/><diagnostics value="Not &amp; there"/></issue></OperationOutcome>`,
			"not-found", "Not & there", nil},
		{"WebDAV", 423, `<?xml version="1.0" encoding="utf-8" ?><!-- a --><D:error xmlns:D="DAV:"><D:lock-token-submitted><D:href>/a</D:href></D:lock-token-submitted></D:error>`,
			"lock-token-submitted", "Locked", nil},
		{"WebDAV, an empty condition", 409, `<error xmlns="DAV:"><cannot-modify-protected-property/></error>`, "cannot-modify-protected-property", "Conflict", nil},
		{"sabre/dav", 404, `<d:error xmlns:d="DAV:" xmlns:s="urn:s"><s:exception>Sabre\DAV\Exception\NotFound</s:exception><s:message>File not found</s:message></d:error>`,
			`Sabre\DAV\Exception\NotFound`, "File not found", nil},
		{"AWS query", 400, `<ErrorResponse><Error><Type>Sender</Type><Code>InvalidParameterValue</Code><Message>No.</Message></Error><RequestId>1</RequestId></ErrorResponse>`, "InvalidParameterValue", "No.", nil},
		{"several errors", 400, `<errors><error><code>1a</code><message>One.</message></error><error><code>2</code><message>Two.</message></error></errors>`, "1a", "One.", nil},
		{"attributes", 401, `<rsp stat="fail"><err code="100" msg="Invalid API Key"/></rsp>`, "100", "Invalid API Key", nil},
		{"an attribute and a text", 400, `<response><error code="E5">Not good.</error></response>`, "E5", "Not good.", nil},
		{"a text alone", 400, `<error>Not good.</error>`, "-", "Not good.", nil},
		{"XML that is not about errors", 400, `<svg>Not good.</svg>`, "-", "Bad Request", nil},
		{"XML, cut off in the code", 400, `<Error><Message>No.</Message><Code>NoSuch`, "-", "No.", nil},
		{"XML, cut off in the message", 400, `<Error><Code>NoSuchKey</Code><Message>The key do`, "NoSuchKey", "The key do", nil},

		{"Matrix", 401, `{"errcode":"M_UNKNOWN_TOKEN","error":"expired"}`, "M_UNKNOWN_TOKEN", "expired", nil},
		{"WSO2", 401, `{"fault":{"code":900901,"message":"Invalid Credentials","description":"No."}}`, "900901", "Invalid Credentials", nil},
		{"Azure DevOps", 404, `{"$id":"1","message":"It does not exist.","typeName":"Microsoft.X, Y","typeKey":"GitRepositoryNotFoundException","errorCode":0}`,
			"GitRepositoryNotFoundException", "It does not exist.", nil},
		{"Mongoose", 400, `{"errors":{"contact":{"name":"ValidatorError","message":"Invalid phone number","value":"12"}},"message":"Failed."}`, "-", "Failed.",
			fields{{Pointer: "/contact", Message: "Invalid phone number"}}},
		{"a value in a map", 422, `{"errors":{"contact":{"pattern":"is not one","value":"12","input":"12","rejectedValue":"12"}},"message":"Failed."}`, "-", "Failed.",
			fields{{Pointer: "/contact/pattern", Message: "is not one"}}},
		{"messages are no field", 400, `{"error_messages":["One.","Two."]}`, "-", "One.; Two.", nil},
		{"nor in another spelling", 400, `{"errorMessages":["One."]}`, "-", "One.", nil},
		{"FastAPI, inside of a message", 422, `{"message":{"detail":[{"loc":["body","temperature"],"msg":"Not a number.","type":"float_parsing"}]}}`, "float_parsing", "Not a number.",
			fields{{Pointer: "/temperature", ErrorCode: "float_parsing", Message: "Not a number."}}},
		{"lists of values", 400, `{"valid":["a"],"invalid":["b"]}`, "-", "Bad Request", nil},
		{"a key that is no path", 422, `{"errors":{"someone@example.com":["Taken."],"first name":["Required."]}}`, "-", "Unprocessable Content",
			fields{{Pointer: "/someone@example.com", Message: "Taken."}, {Pointer: "/first name", Message: "Required."}}},
		{"HubSpot", 400, `{"status":"error","message":"No.","correlationId":"aeb5f871-7f07","category":"VALIDATION_ERROR"}`, "VALIDATION_ERROR", "No.", nil},
		{"an id of the request", 400, `{"id":"aeb5f871","message":"No."}`, "-", "No.", nil},
		{"Infobip", 401, `{"requestError":{"serviceException":{"messageId":"UNAUTHORIZED","text":"Invalid login details"}}}`, "UNAUTHORIZED", "Invalid login details", nil},
		{"TMDB", 401, `{"status_code":7,"status_message":"Invalid API key.","success":false}`, "7", "Invalid API key.", nil},
		{"Riot", 404, `{"status":{"message":"Data not found","status_code":404}}`, "-", "Data not found", nil},
		{"OpenWeather", 404, `{"cod":"404","message":"city not found"}`, "-", "city not found", nil},
		{"OMDB", 401, `{"Response":"False","Error":"Movie not found!"}`, "-", "Movie not found!", nil},
		{"CouchDB", 404, `{"error":"not_found","reason":"missing"}`, "not_found", "missing", nil},
		{"Kraken", 400, `{"error":["EGeneral:Invalid arguments"]}`, "-", "EGeneral:Invalid arguments", nil},
		{"Contentful", 404, `{"sys":{"type":"Error","id":"NotFound"},"message":"Not there.","requestId":"1"}`, "NotFound", "Not there.", nil},
		{"Dropbox", 409, `{"error_summary":"path/not_found/..","error":{".tag":"path"}}`, "path", "path/not_found/..", nil},
		{"WebHDFS", 404, `{"RemoteException":{"exception":"FileNotFoundException","javaClassName":"java.io.FileNotFoundException","message":"File does not exist"}}`, "FileNotFoundException", "File does not exist", nil},
		{"WordPress", 400, `{"code":"rest_invalid_param","message":"Invalid.","data":{"status":400,"params":{"email":"Invalid parameter."}}}`, "rest_invalid_param", "Invalid.",
			fields{{Pointer: "/email", Message: "Invalid parameter."}}},
		{"what was sent", 400, `{"code":"x","message":"Invalid.","params":{"email":"hunter2"}}`, "x", "Invalid.", nil},
		{"Dwolla", 400, `{"code":"ValidationError","message":"No.","_embedded":{"errors":[{"code":"Required","message":"Name required.","path":"/name"}]}}`, "ValidationError", "No.",
			fields{{Pointer: "/name", ErrorCode: "Required", Message: "Name required."}}},
		{"FusionAuth", 400, `{"fieldErrors":{"user.password":[{"code":"[blank]user.password","message":"Required."}]},"generalErrors":[{"code":"g","message":"All."}]}`, "g", "All.",
			fields{{Pointer: "/user/password", ErrorCode: "[blank]user.password", Message: "Required."}}},
		{"Zod, flat", 400, `{"message":"No.","formErrors":[],"fieldErrors":{"email":["Required"]}}`, "-", "No.", fields{{Pointer: "/email", Message: "Required"}}},
		{"IBM", 400, `{"errors":[{"code":"c","message":"m","target":{"name":"p","type":"parameter"}},{"code":"d","message":"n","target":{"name":"h","type":"header"}}]}`, "c", "m",
			fields{{Parameter: "p", ErrorCode: "c", Message: "m"}, {Header: "h", ErrorCode: "d", Message: "n"}}},
		{"MessageBird", 422, `{"errors":[{"code":9,"description":"no params","parameter":"recipients"}]}`, "9", "no params", fields{{Parameter: "recipients", ErrorCode: "9", Message: "no params"}}},
		{"RFC 9457, other names", 400, `{"type":"https://x/y","title":"T","errorCode":"E1","detail":"D"}`, "E1", "D", nil},
		{"Netsuite", 400, `{"type":"https://x/y","title":"T","status":400,"o:errorCode":"E1"}`, "E1", "T", nil},
		{"bracketed names", 422, `{"message":"No.","errors":[{"parameter":"a","message":""},{"source":{"header":"If-Match"},"title":"Stale."}]}`, "-", "No.",
			fields{{Parameter: "a"}, {Header: "If-Match", Message: "Stale."}}},
		{"an error of a field that is a text", 422, `{"message":"No.","errors":[{"field":"a","error":"is too long"},{"field":"b","error":"short","message":"m"}]}`, "-", "No.",
			fields{{Pointer: "/a", Message: "is too long"}, {Pointer: "/b", ErrorCode: "short", Message: "m"}}},
		{"a number that is no code of gRPC", 400, `{"code":99,"message":"m","details":[]}`, "99", "m", nil},
		{"EC2", 400, `<Response><Errors><Error><Code>InvalidID</Code><Message>No such i.</Message></Error></Errors><RequestID>x</RequestID></Response>`, "InvalidID", "No such i.", nil},
		{"Rails in XML", 422, `<errors><error>Name is blank</error><error>Email is bad</error></errors>`, "-", "Name is blank", nil},
		{"OGC", 400, `<ows:ExceptionReport><ows:Exception exceptionCode="NoApplicableCode"><ows:ExceptionText>Bad.</ows:ExceptionText></ows:Exception></ows:ExceptionReport>`, "NoApplicableCode", "Bad.", nil},
		{"WMS", 400, `<ServiceExceptionReport><ServiceException code="LayerNotDefined">Layer x unknown</ServiceException></ServiceExceptionReport>`, "LayerNotDefined", "Layer x unknown", nil},
		{"an empty message", 400, `{"message":"","error":"Bad thing"}`, "-", "Bad thing", nil},
		{"JSON in a string", 400, `{"error":"{\"code\":1}"}`, "-", `{"code":1}`, nil},
		{"a message in several languages", 400, `{"error":{"code":"c","message":{"de":"Nein.","en":"No."}}}`, "c", "No.", nil},
		{"IBM API Connect", 403, `{"httpCode":"401","httpMessage":"Forbidden","moreInformation":"Invalid client id."}`, "-", "Invalid client id.", nil},
		{"Devise", 422, `{"errors":{"full_messages":["Name is bad"],"name":["is bad"]}}`, "-", "Name is bad", fields{{Pointer: "/name", Message: "is bad"}}},
		{"places in other words", 400, `{"errors":[{"in":"query","name":"page","message":"a"},{"loc":"header.X-A","msg":"b"},{"locationType":"parameter","location":"max","message":"c"},
			{"location":"headers","param":"X-B","msg":"d"}]}`, "-", "a",
			fields{{Parameter: "page", Message: "a"}, {Header: "X-A", Message: "b"}, {Parameter: "max", Message: "c"}, {Header: "X-B", Message: "d"}}},
		{"SAP", 400, `{"error":{"code":"SY/530","message":{"lang":"en","value":"Error."},"innererror":{"errordetails":[{"code":"A/1","message":"Field."}]}}}`, "SY/530", "Error.", nil},
		{"NestJS, with constraints", 400, `{"statusCode":400,"message":"Invalid.","errors":[{"property":"email","constraints":{"isEmail":"must be an email","max":"is long"},"children":[]}]}`, "-", "Invalid.",
			fields{{Pointer: "/email", Message: "must be an email; is long"}}},
		{"Quarkus", 400, `{"exception":null,"propertyViolations":[],"parameterViolations":[{"constraintType":"PARAMETER","path":"hello.arg0","message":"is short","value":"1"}]}`, "-", "is short",
			fields{{Pointer: "/hello/arg0", Message: "is short"}}},
		{"a map under error", 422, `{"error":{"email":["has been taken"]}}`, "-", "Unprocessable Content", fields{{Pointer: "/email", Message: "has been taken"}}},
		{"a map under detail", 422, `{"detail":{"email":["has been taken"]}}`, "-", "Unprocessable Content", fields{{Pointer: "/email", Message: "has been taken"}}},
		{"a type before a reason", 400, `{"error":{"reason":"bad","type":"validation_error"}}`, "validation_error", "bad", nil},
		{"a code before its like", 400, `{"error_code":"B","code":"A","message":"m","errorType":"C"}`, "A", "m", nil},
		{"base, with objects", 422, `{"errors":{"base":[{"message":"is closed"}]}}`, "-", "is closed", nil},
		{"an error in a map", 422, `{"errors":{"email":[{"error":"taken","value":"x@y"}]}}`, "-", "Unprocessable Content", fields{{Pointer: "/email", ErrorCode: "taken"}}},
		{"what is nested too deeply is not read", 400, strings.Repeat(`{"error":`, 9) + `{"message":"m"}` + strings.Repeat("}", 9), "-", "Bad Request", nil},

		{"wrong types everywhere", 400, `{"error":[1],"message":{"a":1},"errors":7,"code":true,"fields":"x","detail":null}`, "-", "Bad Request", nil},
		{"the last of several", 400, `{"error":"a","error":"b","message":"c","message":"d"}`, "b", "d", nil},
		{"names are case-sensitive", 400, `{"Error":"a","MESSAGE":"c"}`, "-", "Bad Request", nil},
	} {
		e := httpstatus.Decode(tt.status, nil, strings.NewReader(tt.body))
		assert.Equal(t, httpstatus.Code(tt.status), e.Status(), tt.why)
		assert.True(t, e.Remote(), tt.why)
		if tt.code == "-" {
			tt.code = httpstatus.Code(tt.status).New("", "").ErrorCode()
		}
		assert.Equal(t, tt.code, e.ErrorCode(), tt.why)
		assert.Equal(t, tt.message, e.Message(), tt.why)
		assert.Equal(t, tt.fields, e.Fields(), tt.why)
		assert.NoError(t, e.Unwrap(), tt.why)
		assertLine(t, e.Error())
	}
}

func TestDecodeContentType(t *testing.T) {
	for _, tt := range []struct {
		why, media, body, want string
	}{
		{"declared as HTML", "text/html", `{"error":"a","message":"b"}`, "b"},
		{"declared as JSON", "application/json; charset=utf-8", `<html><title>b</title>`, "b"},
		{"declared as JSON, and nonsense", "application/json", `null`, "Bad Request"},
		{"declared as a problem, and nonsense", "application/problem+json", `7`, "Bad Request"},
		{"an image", "image/svg+xml", "b", "Bad Request"},
		{"bytes", "Application/Octet-Stream", "b", "Bad Request"},
		{"nothing", "", "b", "b"},
	} {
		for _, name := range []string{"Content-Type", "content-type"} { // HTTP/2 spells it so
			e := httpstatus.Decode(400, map[string][]string{"X": nil, name: {tt.media}}, strings.NewReader(tt.body))
			assert.Equal(t, tt.want, e.Message(), tt.why)
		}
	}
	e := httpstatus.Decode(400, map[string][]string{"X-Amzn-Errortype": {"ValidationException:http://internal.amazon.com/coral/"}}, strings.NewReader(`{"message":"No."}`))
	assert.Equal(t, "ValidationException", e.ErrorCode())
	assert.Equal(t, "No.", e.Message())
}

// TestDecodeProblem holds RFC 9457, Section 3.1, for what is declared as a
// problem details object.
func TestDecodeProblem(t *testing.T) {
	problem := map[string][]string{"Content-Type": {"application/problem+json; charset=utf-8"}}
	e := httpstatus.Decode(403, problem, strings.NewReader(`{
		"type": "https://example.com/probs/out-of-credit",
		"title": "You do not have enough credit.",
		"detail": "Your current balance is 30, but that costs 50.",
		"instance": "/account/12345/msgs/abc",
		"balance": 30,
		"accounts": ["/account/12345", "/account/67890"]
	}`)) // RFC 9457, Section 3
	assert.Equal(t, "https://example.com/probs/out-of-credit", e.Type())
	assert.Equal(t, "You do not have enough credit.", e.Title())
	assert.Equal(t, "Your current balance is 30, but that costs 50.", e.Message())
	assert.Equal(t, "/account/12345/msgs/abc", e.Instance())
	assert.Equal(t, "forbidden", e.ErrorCode())
	assert.Equal(t, map[string]any{"balance": 30.0, "accounts": []any{"/account/12345", "/account/67890"}}, e.Extensions())

	e = httpstatus.Decode(422, problem, strings.NewReader(`{
		"type": "https://example.net/validation-error",
		"title": "Your request is not valid.",
		"errors": [
			{"detail": "must be a positive integer", "pointer": "#/age"},
			{"detail": "must be 'green', 'red' or 'blue'", "pointer": "#/profile/co%7Elor%zz"}]
	}`)) // RFC 9457, Section 3, the second example
	assert.Equal(t, fields{
		{Pointer: "/age", Message: "must be a positive integer"},
		{Pointer: "/profile/co~lor%zz", Message: "must be 'green', 'red' or 'blue'"},
	}, e.Fields())
	assert.Equal(t, "Your request is not valid.", e.Message())

	for _, tt := range []struct {
		why, body                      string
		typ, title, message, code, ins string
		extensions                     map[string]any
	}{
		{"nothing", `{}`, "about:blank", "Forbidden", "Forbidden", "forbidden", "", nil},
		{"title alone", `{"title":"T"}`, "about:blank", "T", "T", "forbidden", "", nil},
		{"an empty type is that of nothing", `{"type":""}`, "about:blank", "Forbidden", "Forbidden", "forbidden", "", nil},
		{"a relative type", `{"type":"example-problem"}`, "example-problem", "", "Forbidden", "forbidden", "", nil},
		{"a tag", `{"type":"tag:example@example.org,2021-09-17:OutOfLuck"}`, "tag:example@example.org,2021-09-17:OutOfLuck", "", "Forbidden", "forbidden", "", nil},
		{"wrong types are as if not there", `{"type":1,"title":null,"status":"403","detail":["x"],"instance":{"a":1},"code":[1]}`,
			"about:blank", "Forbidden", "Forbidden", "forbidden", "", map[string]any{"code": []any{1.0}}},
		{"and hide nothing", `{"detail":7,"title":"T"}`, "about:blank", "T", "T", "forbidden", "", nil},
		{"case-sensitive", `{"Type":"a","TITLE":"b","Detail":"c","tYpe":"d"}`, "about:blank", "Forbidden", "Forbidden", "forbidden", "",
			map[string]any{"Type": "a", "TITLE": "b", "Detail": "c", "tYpe": "d"}},
		{"the last one of several, even if of the wrong type", `{"title":"a","title":"b","detail":"x","detail":3}`, "about:blank", "b", "b", "forbidden", "", nil},
		{"the status is advisory", `{"status":404,"title":"T"}`, "about:blank", "T", "T", "forbidden", "", nil},
		{"members of other formats are extensions", `{"error":"a","message":"b","detail":"d"}`, "about:blank", "Forbidden", "d", "forbidden", "", map[string]any{"error": "a", "message": "b"}},
		{"an error object too", `{"error":{"code":"a","message":"b"}}`, "about:blank", "Forbidden", "Forbidden", "forbidden", "", map[string]any{"error": map[string]any{"code": "a", "message": "b"}}},
		{"our code", `{"code":"x","title":"T"}`, "about:blank", "T", "T", "x", "", nil},
		{"a number as code", `{"code":1001}`, "about:blank", "Forbidden", "Forbidden", "1001", "", map[string]any{"code": 1001.0}},
		{"null and booleans as extensions", `{"a":null,"b":true,"c":false,"d":{"e":[]}}`, "about:blank", "Forbidden", "Forbidden", "forbidden", "",
			map[string]any{"a": nil, "b": true, "c": false, "d": map[string]any{"e": []any{}}}},
		{"numbers that a float64 keeps, and others", `{"a":1e3,"b":9007199254740993,"c":1e999,"d":123456789012345678901,"e":-0.5,"f":-7,"g":12345678901234567000000.5,
			"h":12345678901234567000000,"i":0.10,"j":0.1234567890123456789,"k":1e-400,"l":0e9,"m":1E+2,"n":9007199254740992}`,
			"about:blank", "Forbidden", "Forbidden", "forbidden", "", map[string]any{"a": 1000.0, "b": httpstatus.Number("9007199254740993"), "c": httpstatus.Number("1e999"),
				"d": httpstatus.Number("123456789012345678901"), "e": -0.5, "f": -7.0, "g": httpstatus.Number("12345678901234567000000.5"),
				"h": httpstatus.Number("12345678901234567000000"), "i": 0.1, "j": httpstatus.Number("0.1234567890123456789"), "k": httpstatus.Number("1e-400"),
				"l": 0.0, "m": 100.0, "n": 9007199254740992.0}},
	} {
		e := httpstatus.Decode(403, problem, strings.NewReader(tt.body))
		assert.Equal(t, tt.typ, e.Type(), tt.why)
		assert.Equal(t, tt.title, e.Title(), tt.why)
		assert.Equal(t, tt.message, e.Message(), tt.why)
		assert.Equal(t, tt.code, e.ErrorCode(), tt.why)
		assert.Equal(t, tt.ins, e.Instance(), tt.why)
		assert.Equal(t, tt.extensions, e.Extensions(), tt.why)
		assert.Equal(t, httpstatus.Forbidden, e.Status(), tt.why)
	}

	// Undeclared, but plainly one.
	e = httpstatus.Decode(400, nil, strings.NewReader(`{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.1","title":"Invalid.","status":400,"errors":{"Name":["Required."]},"traceId":"00-a"}`))
	assert.Equal(t, "https://tools.ietf.org/html/rfc9110#section-15.5.1", e.Type())
	assert.Equal(t, fields{{Pointer: "/Name", Message: "Required."}}, e.Fields())
	assert.Equal(t, "00-a", e.Extensions()["traceId"])
	e = httpstatus.Decode(400, nil, strings.NewReader(`{"type":"/probs/x","detail":"d","instance":"/i"}`))
	assert.Equal(t, "/i", e.Instance())
	assert.Equal(t, "d", e.Message())
	e = httpstatus.Decode(400, nil, strings.NewReader(`{"a":1,"b":2,"error":{"message":"m","b":3,"c":4}}`))
	assert.Equal(t, map[string]any{"a": 1.0, "b": 3.0, "c": 4.0}, e.Extensions(), "what is nearer to the error wins")
	// Not one, but with a type of that kind.
	e = httpstatus.Decode(400, nil, strings.NewReader(`{"type":"https://example.com/t","message":"m","code":"c"}`))
	assert.Equal(t, "https://example.com/t", e.Type())
	// huma's location, Symfony's violations, RFC 7807's own example.
	e = httpstatus.Decode(422, problem, strings.NewReader(`{"errors":[{"message":"expected","location":"body.a[0]","value":"hunter2"}]}`))
	assert.Equal(t, fields{{Pointer: "/a/0", Message: "expected"}}, e.Fields())
	e = httpstatus.Decode(422, problem, strings.NewReader(`{"violations":[{"propertyPath":"a.b","title":"No."}]}`))
	assert.Equal(t, fields{{Pointer: "/a/b", Message: "No."}}, e.Fields())
	e = httpstatus.Decode(422, problem, strings.NewReader(`{"invalid-params":[{"name":"a/~b","reason":"must be positive"}]}`))
	assert.Equal(t, fields{{Pointer: "/a~1~0b", Message: "must be positive"}}, e.Fields())
}

// A number that is no float64 is written as it came.
func TestNumber(t *testing.T) {
	e := httpstatus.Decode(403, nil, strings.NewReader(`{"message":"m","balance":0.10000000000000000001}`))
	n := e.Extensions()["balance"]
	assert.Equal(t, "0.10000000000000000001", fmt.Sprint(n))
	assert.Contains(t, string(httpstatus.Forbidden.New("a", "b").WithExtension("balance", n).AppendBody(nil, 0)), `"balance":0.10000000000000000001}`)
	for _, none := range []httpstatus.Number{"", "1x", "01", "x", "-", "1.", "1e", "+1", " 1", "1 "} {
		_, err := none.MarshalJSON()
		assert.EqualError(t, err, "httpstatus: not a JSON number: "+strconv.Quote(string(none)))
	}
}

func TestDecodeChallenge(t *testing.T) {
	for _, tt := range []struct{ name, challenge, body, code, message string }{
		{"Bearer", `Bearer error="invalid_token", error_description="The access token expired."`, "", "invalid_token", "The access token expired."},
		{"other parameters, another case", `bearer realm="a, b", ERROR=insufficient_scope, scope="x y"`, "", "insufficient_scope", "Forbidden"},
		{"the second of two", `Basic realm="error", Bearer error="invalid_token"`, "", "invalid_token", "Forbidden"},
		{"another scheme", `Digest error="x", nonce="y"`, "", "", "Forbidden"},
		{"another scheme after it", `Bearer realm="a", Digest error="x"`, "", "", "Forbidden"},
		{"no parameters", `Bearer`, "", "", "Forbidden"},
		{"malformed", `Bearer error="x`, "", "", "Forbidden"},
		{"a body with a message", `Bearer error="invalid_token", error_description="d"`, `{"message":"m"}`, "invalid_token", "m"},
		{"a body with a code", `Bearer error="invalid_token", error_description="d"`, `{"error":"e","message":"m"}`, "e", "m"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := httpstatus.Decode(403, map[string][]string{"WWW-Authenticate": {"Negotiate", tt.challenge}}, strings.NewReader(tt.body))
			assert.Equal(t, tt.message, e.Message())
			assert.Equal(t, tt.code != "", e.HasErrorCode())
			if tt.code != "" {
				assert.Equal(t, tt.code, e.ErrorCode())
			}
		})
	}
	e := httpstatus.Decode(404, map[string][]string{"x-ms-error-code": {"BlobNotFound"}}, nil)
	assert.Equal(t, "BlobNotFound", e.ErrorCode(), "an answer to HEAD")
}

// TestDecodeMemory holds that a body of 64 KiB costs less than 1 MiB.
func TestDecodeMemory(t *testing.T) {
	for _, body := range []string{"[" + strings.Repeat("0,", 32<<10), `{"message":"m","x":[` + strings.Repeat("0,", 32<<10)} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		sinkError = httpstatus.Decode(400, nil, strings.NewReader(body))
		runtime.ReadMemStats(&after)
		assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(1<<20))
	}
}

// TestDecodeCutOff cuts a body at every byte: the result has the status, never
// half a code, and a message that is how the message begins.
func TestDecodeCutOff(t *testing.T) {
	const message = "No user with ID 42 \\ \u00e9\u0041 exists. caf\u00e9"
	for _, body := range []string{
		`{"error":"user_not_found","message":"No user with ID 42 \\ \u00e9\u0041 exists. café","fields":[{"pointer":"/a","error":"b"}],"n":12}`,
		`{"message":"No user with ID 42 \\ \u00e9\u0041 exists. café","x":[1,{"y":null}],"error":"user_not_found","z":true}`,
		`{"error":{"message":"No user with ID 42 \\ \u00e9\u0041 exists. café","code":"user_not_found"}}`,
		`{"errors":[{"detail":"No user with ID 42 \\ \u00e9\u0041 exists. café","code":"user_not_found"}]}`,
		`{"title":"No user with ID 42 \\ \u00e9\u0041 exists. café","code":"user_not_found","type":"about:blank","status":404}`,
	} {
		for n := range len(body) {
			e := httpstatus.Decode(404, nil, strings.NewReader(body[:n]))
			assert.Contains(t, []string{"user_not_found", "not_found"}, e.ErrorCode(), "%s", body[:n])
			if e.Message() != "Not Found" && !strings.HasPrefix(body[:n], e.Message()) {
				assert.True(t, strings.HasPrefix(message, e.Message()), "%q of %s", e.Message(), body[:n])
			}
		}
		e := httpstatus.Decode(404, nil, strings.NewReader(body))
		assert.Equal(t, "user_not_found", e.ErrorCode())
		assert.Equal(t, message, e.Message())
	}
}

// countingReader counts what is read from it.
type countingReader struct {
	r io.Reader
	n int
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += n
	return n, err
}

type readFunc func([]byte) (int, error)

func (f readFunc) Read(p []byte) (int, error) { return f(p) }

// TestDecodeHostile feeds bodies that are meant to hurt. The reader is bounded,
// so each comes back, with what could be read.
func TestDecodeHostile(t *testing.T) {
	const start = `{"error":"a","message":"b",`
	many := strings.Builder{}
	for i := range 3000 {
		many.WriteString(`"k` + string(rune('a'+i%26)) + strings.Repeat("x", i%7) + `":1,`)
	}
	for why, body := range map[string]string{
		"20,000 deep, arrays":       start + `"x":` + strings.Repeat("[", 20000),
		"20,000 deep, objects":      start + `"x":` + strings.Repeat(`{"a":`, 10000),
		"deep, closed":              start + `"x":` + strings.Repeat("[", 20000) + strings.Repeat("]", 20000) + `}`,
		"deep with strings":         start + `"x":` + strings.Repeat(`["]\"",`, 5000) + strings.Repeat("]", 5000) + `}`,
		"deep with an open string":  start + `"x":` + strings.Repeat(`[`, 50) + `"abc`,
		"3,000 members":             start + many.String() + `"z":1}`,
		"endless members":           start + strings.Repeat(`"a":1,`, 100000),
		"endless string":            start + `"x":"` + strings.Repeat("y", 1<<20),
		"endless number":            start + `"x":` + strings.Repeat("1", 1<<20),
		"endless white space":       start + strings.Repeat(" ", 1<<20),
		"endless escapes":           start + `"x":"` + strings.Repeat(`\u0041`, 100000),
		"endless zeros":             start + `"x":[` + strings.Repeat("0,", 100000),
		"broken: no colon":          start + `"x" 1}`,
		"broken: no comma":          start + `"x":1 "y":2}`,
		"broken: no comma in array": start + `"x":[1 2]}`,
		"broken: a bare word":       start + `x:1}`,
		"broken: number":            start + `"x":01.e}`,
		"broken: literal":           start + `"x":nul}`,
		"trailing comma":            `{"error":"a","message":"b",}`,
		"trailing garbage":          `{"error":"a","message":"b"}}}]`,
		"two values":                `{"error":"a","message":"b"}{"error":"c"}`,
		"control characters":        "{\"error\":\"a\",\"message\":\"b\",\"x\":\"\x00\n\"}",
		"unknown escapes":           `{"error":"a","message":"\b","x":"\q\b\f\n\r\t\/"}`,
	} {
		c := &countingReader{r: strings.NewReader(body)}
		e := httpstatus.Decode(400, nil, c)
		assert.Equal(t, "a", e.ErrorCode(), why)
		if why != "unknown escapes" {
			assert.Equal(t, "b", e.Message(), why)
		}
		assert.LessOrEqual(t, c.n, 64<<10, why)
		assertLine(t, e.Error())
		assert.NotPanics(t, func() { e.Extensions() }, why)
	}
	for why, body := range map[string]string{
		"titles":           strings.Repeat("<title>", 10000),
		"open headings":    "<html>" + strings.Repeat("<h1 ", 10000),
		"closed headings":  "<html>" + strings.Repeat("<h1></h1>", 10000),
		"references":       "<title>" + strings.Repeat("&", 60000),
		"brackets":         strings.Repeat("<", 60000),
		"arrays":           strings.Repeat("[", 60000),
		"errors in errors": strings.Repeat(`{"error":`, 10000),
		"lists of lists":   strings.Repeat(`{"errors":[`, 6000),
		"quotes":           strings.Repeat(`"`, 60000),
	} {
		e := httpstatus.Decode(400, nil, strings.NewReader(body))
		assert.Equal(t, httpstatus.BadRequest, e.Status(), why)
		assertLine(t, e.Error())
	}
}

func TestDecodeReader(t *testing.T) {
	const body = `{"error":"a","message":"b"}`
	for why, r := range map[string]io.Reader{
		"a byte at a time":      iotest.OneByteReader(strings.NewReader(body)),
		"data along with EOF":   iotest.DataErrReader(strings.NewReader(body)),
		"data along with error": io.MultiReader(strings.NewReader(body), iotest.ErrReader(io.ErrUnexpectedEOF)),
		"reads nothing forever": io.MultiReader(strings.NewReader(body), readFunc(func([]byte) (int, error) { return 0, nil })),
		"reads a negative":      io.MultiReader(strings.NewReader(body), readFunc(func([]byte) (int, error) { return -1, nil })),
		"reads too much":        io.MultiReader(strings.NewReader(body), readFunc(func(p []byte) (int, error) { return len(p) + 1, nil })),
	} {
		if strings.Contains(why, "negative") || strings.Contains(why, "too much") {
			// io.MultiReader has its own opinion of those.
			first := strings.NewReader(body)
			bad := r.(interface{ Read([]byte) (int, error) })
			r = readFunc(func(p []byte) (int, error) {
				if first.Len() > 0 {
					return first.Read(p)
				}
				return bad.Read(p)
			})
		}
		e := httpstatus.Decode(400, nil, r)
		assert.Equal(t, "a", e.ErrorCode(), why)
		assert.Equal(t, "b", e.Message(), why)
	}
	e := httpstatus.Decode(400, nil, iotest.ErrReader(io.ErrUnexpectedEOF))
	assert.ErrorIs(t, e, io.ErrUnexpectedEOF)
	assert.Equal(t, "remote 400 bad_request: Bad Request: unexpected EOF", e.Error())

	c := &countingReader{r: readFunc(func(p []byte) (int, error) { return copy(p, bytes.Repeat([]byte("x"), len(p))), nil })}
	e = httpstatus.Decode(400, nil, c)
	assert.Equal(t, 64<<10, c.n, "an endless body")
	assert.Len(t, e.Message(), 64<<10)
	assert.NoError(t, e.Unwrap())
	assertLine(t, e.Error())
}

func TestDecodeHeader(t *testing.T) {
	header := map[string][]string{"Retry-After": {"3"}}
	e := httpstatus.Decode(503, header, nil)
	assert.Equal(t, header, e.Header())
	assert.Equal(t, []string{"3"}, e.WithHeader("X-A", "b").Header()["Retry-After"])
	assert.NotContains(t, header, "X-A")
	assert.Equal(t, []string{"Allow"}, httpstatus.Decode(405, header, nil).MissingHeaders(), "the peer's omission")
}

// TestRoundTrip sends errors through each format and reads them.
func TestRoundTrip(t *testing.T) {
	sent := validation()
	for _, f := range allFormats {
		status, header, body := sent.Response("GET", nil, f)
		got := httpstatus.Decode(status, header, bytes.NewReader(body))
		assert.Equal(t, sent.Status(), got.Status(), f)
		switch f {
		case httpstatus.PlainText:
			assert.Equal(t, strings.TrimSpace(string(body)), got.Message())
			continue
		case httpstatus.HTML:
			assert.Equal(t, sent.Message(), got.Message())
			continue
		case httpstatus.ProblemJSON:
			assert.Equal(t, sent.Type(), got.Type())
			assert.Equal(t, sent.Title(), got.Title())
			assert.Equal(t, sent.Instance(), got.Instance())
		case httpstatus.SimpleJSON:
			assert.Equal(t, sent.Extensions(), got.Extensions())
		}
		assert.True(t, errors.Is(got, sent), f)
		assert.Equal(t, sent.ErrorCode(), got.ErrorCode(), f)
		assert.Equal(t, sent.Message(), got.Message(), f)
		assert.Equal(t, sent.Fields(), got.Fields(), f)
		assert.Equal(t, "r-1", got.Extensions()["request_id"], f)
	}
}

// FuzzDecode holds that whatever the body and its type are, the result has the
// status, its text is one printable line, and nothing of it is sent on. Where
// encoding/json reads the body as two strings, so does Decode.
func FuzzDecode(f *testing.F) {
	f.Add("application/json", []byte(`{"error":"a","message":"b"}`))
	f.Add("application/problem+json", []byte(`{"type":"a","title":"b","errors":[{"pointer":"#/a"}]}`))
	f.Add("text/html", []byte(`<title>a&amp;&#x41;</title><h1>`))
	f.Add("", []byte(`{"errors":[{"code":1}],"details":{"causes":[{"field":"a"}]},"detail":[{"loc":["body"]}]}`))
	f.Add("", []byte(`{"error":"a","message":"\ud800\u12`))
	f.Fuzz(func(t *testing.T, media string, body []byte) {
		e := httpstatus.Decode(404, map[string][]string{"Content-Type": {media}}, bytes.NewReader(body))
		require.Equal(t, httpstatus.NotFound, e.Status())
		assertLine(t, e.Error())
		e.Extensions()
		assert.Equal(t, `{"error":"bad_gateway","message":"Bad Gateway"}`, string(e.AppendBody(nil, httpstatus.SimpleJSON)))

		var m map[string]json.RawMessage
		if json.Unmarshal(body, &m) != nil || len(m) != 2 || strings.Contains(media, "problem") {
			return
		}
		var code, message string
		if json.Unmarshal(m["error"], &code) == nil && json.Unmarshal(m["message"], &message) == nil &&
			code != "" && message != "" && string(m["error"]) != "null" {
			assert.Equal(t, code, e.ErrorCode())
			assert.Equal(t, message, e.Message())
		}
	})
}
