import "../parts/keep_picture.js"
import "../parts/talk_list.js"
