module example.com/provisioning

go 1.19
