// Renews what changes on the desk, unless somebody is at work in it.
const look = async () => {
  try {
    const answer = await fetch(location.pathname + location.search);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-live]")) {
      const fresh = page.querySelector(`[data-live="${part.dataset.live}"]`);
      if (fresh && fresh.innerHTML !== part.innerHTML && !part.contains(document.activeElement)) part.innerHTML = fresh.innerHTML;
    }
  } catch { /* the next look may succeed */ }
  setTimeout(look, 2000);
};
setTimeout(look, 2000);
