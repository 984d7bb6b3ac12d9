// forward.js: carries the part of an old address that stands behind "#" to where it is now. On a page that only forwards
// all that is not named goes on to the same name on the new page; on another page only what has moved leads away.
(() => {
'use strict';
const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
const moved = place?.matches('.moved') ? place : null;
const link = (moved ?? document.querySelector('.forward'))?.querySelector('a');
if (link) location.replace(moved ? link.href : link.href.replace(/#.*/, '') + (location.hash || link.hash));
})();
