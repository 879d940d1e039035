/* Asks Python for the file, and saves it when it has come. */

function save({ file, filename, kind }) {
  const bytes = Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type: kind }));
  const link = document.createElement("a");
  link.href = address;
  link.download = filename;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

export default function ({ data, parentElement, setTriggerValue }) {
  const element = parentElement.querySelector(".wce-download");
  const button = element.querySelector("button");
  const said = element.querySelector(".said");
  button.textContent = data.label;
  element.querySelector(".note").textContent = data.note;
  button.onclick = () => {
    element.wcePress = Date.now();
    said.textContent = "…";
    setTriggerValue("asked", element.wcePress);
  };
  // each press is answered once; a run for another reason brings no file
  if (data.file && data.asked === element.wcePress) {
    element.wcePress = null;
    save(data);
    said.textContent = data.filename;
  } else if (data.asked && data.asked === element.wcePress) {
    said.textContent = "";
  }
}
