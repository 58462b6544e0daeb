// Asks once in a while whether the phone has answered, and then lets the page go on.
const look = async () => {
  try {
    const answer = await fetch("/login/wait/state");
    if ((await answer.json()).done) return location.assign("/login/wait");
  } catch { /* the next look may succeed */ }
  setTimeout(look, 500);
};
setTimeout(look, 500);
