document.getElementById("root").textContent = "tomoda";
