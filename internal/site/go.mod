module example.com/httpstatus/internal/site

go 1.25.0

require (
	example.com/httpstatus v0.0.0
	github.com/yuin/goldmark v1.8.7
)

require (
	github.com/stretchr/testify v1.12.1
	go.yaml.in/yaml/v3 v3.0.5 // indirect
)

replace example.com/httpstatus => ../..
