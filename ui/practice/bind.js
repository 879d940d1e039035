/* The exercise as a Streamlit component: called again on each run of the script, with the same
   element, which keeps what is typed and where the caret is. A call that a newer one overtakes is
   ended at once, before or after that one, while the element lives on: only with it ends the sheet. */

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const element = parentElement.querySelector(".wce-practice");
  const sheet = (element.wceSheet ??= new Sheet(element, {}));
  sheet.tell.work = (work) => setStateValue("work", work);
  sheet.tell.go = (mode) => setTriggerValue("go", mode);
  sheet.receive(data);
  return () => {
    if (element.isConnected) return;
    sheet.destroy();
    delete element.wceSheet;
  };
}
