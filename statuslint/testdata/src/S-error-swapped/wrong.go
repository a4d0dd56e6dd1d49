package swapped

import "example.com/httpstatus"

var errUser = httpstatus.NotFound.New("No such user.", "user_not_found") // want `S-error-swapped`
