package carrier

import "example.com/httpstatus"

var byHeader = httpstatus.UpgradeRequired.New("", "").WithHeader("Connection", "upgrade").WithHeader("Upgrade", "h2c")
