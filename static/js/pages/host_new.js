import "../parts/host_new.js"
