// Shows new lines of the chat as they come.
const thread = document.getElementById("thread");
const look = async () => {
  try {
    const answer = await fetch(location.pathname);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const lines = page.querySelectorAll("#thread > .line");
    for (const line of [...lines].slice(thread.children.length)) thread.append(line);
  } catch { /* the next look may succeed */ }
  setTimeout(look, 3000);
};
setTimeout(look, 3000);
