// Presses every button, clicks on a stave, and tells in the page's title how all fared.
window.problems = [];
window.addEventListener("error", e => problems.push(e.message));
window.addEventListener("unhandledrejection", e => problems.push(String(e.reason)));
window.addEventListener("load", async () => {
  const heard = (player, event) => new Promise(done => player.addEventListener(event, done, {once: true}));
  const players = [...document.querySelectorAll("audio")];
  let played = 0;
  for (const player of players) {
    player.muted = true;
    const button = player.previousElementSibling;
    button.click();
    await heard(player, "timeupdate");
    const alone = players.every(other => other.paused === (other !== player));
    if (player.duration > 1 && alone && button.textContent === "stop") played++;
    button.click();
  }
  const stave = document.querySelectorAll(".part")[2].querySelector(".stave");
  const box = stave.getBoundingClientRect();
  const moved = players.map(player => heard(player, "seeked"));
  stave.dispatchEvent(new MouseEvent("click", {bubbles: true, clientX: box.left + box.width / 2, clientY: box.top + 5}));
  await Promise.all(moved);
  const score = document.getElementById("score");
  const half = Number(score.dataset.seconds) / 2;
  const there = players.filter(player => Math.abs(player.currentTime - Math.min(half, player.duration)) < 0.5).length;
  const head = document.getElementById("playhead").getBoundingClientRect().left;
  const across = head >= box.left + box.width * 0.45 && head <= box.left + box.width * 0.8;
  document.title = "played " + played + ", moved " + there + " of " + players.length
    + ", playhead across: " + across + ", problems: " + problems.join();
});
