module example.com/provisioning

go 1.21
