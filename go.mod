module github.com/tracewire/tracewire

go 1.26.0
