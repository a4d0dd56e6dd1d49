module example.com/httpstatus

go 1.25.0
