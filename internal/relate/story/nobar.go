package story
var noBar = 1e9
