if(window.Plotly&&$('chart-data')&&innerWidth>760){
const specs=JSON.parse($('chart-data').textContent);
const theme=spec=>{const ink=css('--ink'),grid=css('--grid'),axis={gridcolor:grid,zerolinecolor:css('--muted'),automargin:true};
const lies=spec.data.some(d=>d.orientation==='h'),rows=lies?Math.max(...spec.data.map(d=>d.y.length)):0;
return{...spec.layout,xaxis:{...axis,...spec.layout.xaxis},yaxis:{...axis,...spec.layout.yaxis},paper_bgcolor:'rgba(0,0,0,0)',plot_bgcolor:'rgba(0,0,0,0)',font:{color:ink,family:getComputedStyle(document.body).fontFamily,size:12.5},
margin:{l:10,r:36,t:34,b:10},height:lies?Math.max(240,rows*28+140):380,legend:{orientation:'h',x:0,y:1.02,yanchor:'bottom'},modebar:{orientation:'v',bgcolor:'rgba(0,0,0,0)',color:css('--muted'),activecolor:ink},bargap:.25,hoverlabel:{namelength:-1}}};
const show=spec=>{const fig=$('fig-'+spec.id);spec.done=true;if(!fig)return;fig.classList.add('live');Plotly.newPlot('plot-'+spec.id,spec.data,theme(spec),{responsive:true,displaylogo:false,displayModeBar:'hover',modeBarButtonsToRemove:['select2d','lasso2d']})};
const next=()=>{const s=specs.find(x=>!x.done);if(s){try{show(s)}catch(e){s.done=true;$('fig-'+s.id).classList.remove('live')}setTimeout(next,0)}};setTimeout(next,0);
dark.addEventListener('change',()=>{for(const s of specs)if(s.done)Plotly.relayout('plot-'+s.id,theme(s))});
for(const d of document.querySelectorAll('details'))d.addEventListener('toggle',()=>{for(const s of specs)if(s.done&&d.contains($('fig-'+s.id)))Plotly.Plots.resize('plot-'+s.id)});
}
